package dev.weir.agent.loki.process.stage;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.BitSet;

/// Walks over one JSON value in bytes and makes nothing of it: strings are shown where they stand.
///
/// After the first thing that is not JSON it has failed: everything answers false. Nesting is
/// counted, not recursed into, so that depth costs nothing.
///
/// Not thread-safe.
final class JsonCursor {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  /// As deep as Go's decoder goes.
  private static final int DEEPEST = 10_000;

  private final BitSet objects = new BitSet();
  private byte[] text = {};
  private int at;
  private int end;
  private boolean failed;
  private boolean firstField;
  private int depth;
  private int stringOffset;
  private int stringLength;
  private boolean stringEscaped;

  void start(byte[] buffer, int offset, int length) {
    text = buffer;
    at = offset;
    end = offset + length;
    failed = false;
    depth = 0;
  }

  /// Goes past `{`.
  boolean enterObject() {
    firstField = true;
    return accept('{');
  }

  /// Goes past the next name and its colon, which can then be seen as the string; false at the end
  /// of the object, which it goes past.
  boolean nextField() {
    space();
    if (failed || (firstField && accept('}'))) {
      return false;
    }
    if (!firstField) {
      if (accept('}')) {
        return false;
      }
      if (!accept(',')) {
        return fail();
      }
    }
    firstField = false;
    return (string() && accept(':')) || fail();
  }

  /// Goes past a string, which can then be looked at.
  boolean string() {
    space();
    if (failed || at >= end || text[at] != '"') {
      return fail();
    }
    int start = ++at;
    stringEscaped = false;
    while (true) {
      at = pastPlain(text, at, end);
      if (at >= end) {
        return fail();
      }
      byte b = text[at];
      if (b == '"') {
        stringOffset = start;
        stringLength = at++ - start;
        return true;
      }
      stringEscaped = true;
      if (b != '\\' || !escape()) {
        return fail();
      }
    }
  }

  /// Where the next quote, backslash or control character is. Eight bytes at a time: this is where
  /// a log line's time goes.
  private static int pastPlain(byte[] text, int from, int end) {
    int at = from;
    while (at + Long.BYTES <= end && !JsonText.hasSpecial((long) LONGS.get(text, at))) {
      at += Long.BYTES;
    }
    while (at < end && text[at] != '"' && text[at] != '\\' && (text[at] < 0 || text[at] >= ' ')) {
      at++;
    }
    return at;
  }

  /// Where the last string's text starts, behind its quote.
  int stringOffset() {
    return stringOffset;
  }

  /// Bytes of the last string as it is written.
  int stringLength() {
    return stringLength;
  }

  /// Whether it holds escapes.
  boolean stringEscaped() {
    return stringEscaped;
  }

  /// Whether the last string is written exactly so.
  boolean stringIs(byte[] expected) {
    if (stringLength != expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (text[stringOffset + i] != expected[i]) {
        return false;
      }
    }
    return true;
  }

  /// The first byte of the next value, 0 when there is none.
  byte peek() {
    space();
    return failed || at >= end ? 0 : text[at];
  }

  /// Where it stands.
  int position() {
    return at;
  }

  /// Whether nothing but blanks is left, and all before was JSON.
  boolean atEnd() {
    space();
    return !failed && at == end;
  }

  boolean failed() {
    return failed;
  }

  /// Goes past a value of any kind.
  boolean skipValue() {
    int outer = depth;
    while (true) {
      switch (peek()) {
        case '{', '[' -> {
          if (open()) {
            continue;
          }
        }
        case '"' -> string();
        default -> scalar();
      }
      if (!nextInside(outer)) {
        return !failed;
      }
    }
  }

  /// Goes into an object or array; false when it is empty and gone past again.
  private boolean open() {
    boolean object = text[at++] == '{';
    if (accept(object ? '}' : ']')) {
      return false;
    }
    objects.set(depth++, object);
    if (depth > DEEPEST || (object && !(string() && accept(':')))) {
      fail();
    }
    return !failed;
  }

  /// After a value: goes on to the next one inside what was opened, past all that closes; false
  /// when nothing is open any more.
  private boolean nextInside(int outer) {
    while (!failed && depth > outer) {
      boolean object = objects.get(depth - 1);
      if (accept(',')) {
        return !object || (string() && accept(':')) || fail();
      }
      if (!accept(object ? '}' : ']')) {
        return fail();
      }
      depth--;
    }
    return false;
  }

  private boolean escape() {
    at++;
    if (at >= end) {
      return false;
    }
    byte b = text[at++];
    if (b == 'u') {
      for (int i = 0; i < 4; i++) {
        if (at >= end || Character.digit(text[at++], 16) < 0) {
          return false;
        }
      }
      return true;
    }
    return "\"\\/bfnrt".indexOf(b) >= 0;
  }

  private boolean scalar() {
    space();
    int start = at;
    while (at < end && ",]} \t\r\n:\"[{".indexOf(text[at]) < 0) {
      at++;
    }
    return JsonText.isScalar(text, start, at) || fail();
  }

  private boolean accept(char expected) {
    space();
    if (failed || at >= end || text[at] != expected) {
      return false;
    }
    at++;
    return true;
  }

  private void space() {
    while (at < end
        && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
      at++;
    }
  }

  private boolean fail() {
    failed = true;
    return false;
  }
}
