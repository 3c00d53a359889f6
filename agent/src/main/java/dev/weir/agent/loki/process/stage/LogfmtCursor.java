package dev.weir.agent.loki.process.stage;

/// Walks over `key=value` pairs, and shows keys and values where they stand.
///
/// Values may be quoted as in JSON, within one line. A key without `=` has an empty value. After a
/// mistake, such as a quote where none may be, there are no more pairs. Not thread-safe.
final class LogfmtCursor {
  private byte[] text = {};
  private int at;
  private int end;
  private int keyOffset;
  private int keyLength;
  private int valueOffset;
  private int valueLength;
  private boolean valueEscaped;

  void start(byte[] buffer, int offset, int length) {
    text = buffer;
    at = offset;
    end = offset + length;
  }

  /// Goes past the next pair; false when there is none, or a mistake.
  boolean next() {
    while (at < end && isBlank(text[at])) {
      at++;
    }
    if (at >= end) {
      return false;
    }
    keyOffset = at;
    while (at < end && !isBlank(text[at]) && text[at] != '=') {
      if (text[at] == '"') {
        return fail();
      }
      at++;
    }
    keyLength = at - keyOffset;
    valueOffset = at;
    valueLength = 0;
    valueEscaped = false;
    if (at >= end || text[at] != '=') {
      return true;
    }
    at++;
    if (keyLength == 0) {
      return fail();
    }
    return (at < end && text[at] == '"') ? quoted() : plain();
  }

  private static boolean isBlank(byte b) {
    return b >= 0 && b <= ' ';
  }

  private boolean plain() {
    valueOffset = at;
    while (at < end && !isBlank(text[at])) {
      if (text[at] == '=' || text[at] == '"') {
        return fail();
      }
      at++;
    }
    valueLength = at - valueOffset;
    return true;
  }

  private boolean quoted() {
    valueOffset = ++at;
    while (at < end && text[at] != '"' && text[at] != '\n') {
      if (text[at] == '\\') {
        valueEscaped = true;
        at++;
      }
      at++;
    }
    if (at >= end || text[at] == '\n') {
      return fail();
    }
    valueLength = at - valueOffset;
    at++;
    return !valueEscaped || isUnescapable() || fail();
  }

  /// Whether every escape is one, and nothing stands there that needs one.
  private boolean isUnescapable() {
    int last = valueOffset + valueLength;
    for (int i = valueOffset; i < last; i++) {
      byte b = text[i];
      if (b >= 0 && b < ' ') {
        return false;
      }
      if (b == '\\') {
        i++;
        if (text[i] == 'u' ? !areHex(i + 1, last) : "\"\\/'bfnrt".indexOf(text[i]) < 0) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean areHex(int from, int last) {
    if (from + 4 > last) {
      return false;
    }
    for (int i = from; i < from + 4; i++) {
      if (Character.digit(text[i], 16) < 0) {
        return false;
      }
    }
    return true;
  }

  private boolean fail() {
    at = end;
    return false;
  }

  byte[] buffer() {
    return text;
  }

  int keyOffset() {
    return keyOffset;
  }

  int keyLength() {
    return keyLength;
  }

  /// Where the value starts, inside its quotes.
  int valueOffset() {
    return valueOffset;
  }

  int valueLength() {
    return valueLength;
  }

  /// Whether the value holds escapes.
  boolean valueEscaped() {
    return valueEscaped;
  }
}
