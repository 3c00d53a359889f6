package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Entry;

/// Scalars of JSON as they are written.
final class JsonText {
  private static final int REPLACEMENT = 0xfffd;

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private JsonText() {}

  /// Whether one of eight bytes is a quote, a backslash or a control character.
  static boolean hasSpecial(long bytes) {
    long quote = bytes ^ (ONES * '"');
    long backslash = bytes ^ (ONES * '\\');
    long special =
        ((quote - ONES) & ~quote)
            | ((backslash - ONES) & ~backslash)
            | ((bytes - ONES * ' ') & ~bytes);
    return (special & HIGH_BITS) != 0;
  }

  /// Makes the unescaped inside of a string of the entry's own text its new line, in the scratch
  /// space of its batch.
  static void unescapeInto(Entry entry, int offset, int length) {
    Batch batch = entry.batch();
    // Unescaped text is never longer than the escaped one.
    int start = batch.reserve(length);
    int end = unescape(entry.buffer(), offset, length, batch.scratch(), start);
    entry.line(batch.scratch(), start, end - start);
  }

  /// Writes the unescaped inside of a valid string and returns where it ends.
  static int unescape(byte[] text, int offset, int length, byte[] to, int start) {
    int at = offset;
    int end = offset + length;
    int out = start;
    while (at < end) {
      int plain = at;
      while (at < end && text[at] != '\\') {
        at++;
      }
      System.arraycopy(text, plain, to, out, at - plain);
      out += at - plain;
      if (at++ >= end) {
        break;
      }
      byte escape = text[at++];
      if (escape != 'u') {
        to[out++] = unescaped(escape);
        continue;
      }
      int c = hex(text, at);
      at += 4;
      if (Character.isHighSurrogate((char) c) && isLowSurrogateAt(text, at, end)) {
        c = Character.toCodePoint((char) c, (char) hex(text, at + 2));
        at += 6;
      }
      out = encode(c, to, out);
    }
    return out;
  }

  private static boolean isLowSurrogateAt(byte[] text, int at, int end) {
    return at + 6 <= end
        && text[at] == '\\'
        && text[at + 1] == 'u'
        && Character.isLowSurrogate((char) hex(text, at + 2));
  }

  private static byte unescaped(byte escape) {
    return switch (escape) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> escape;
    };
  }

  private static int hex(byte[] text, int at) {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value = (value << 4) | Character.digit(text[at + i], 16);
    }
    return value;
  }

  private static int encode(int codePoint, byte[] to, int at) {
    int c = codePoint >= 0xd800 && codePoint < 0xe000 ? REPLACEMENT : codePoint;
    int out = at;
    if (c < 0x80) {
      to[out++] = (byte) c;
      return out;
    }
    if (c < 0x800) {
      to[out++] = (byte) (0xc0 | (c >> 6));
    } else {
      if (c < 0x10000) {
        to[out++] = (byte) (0xe0 | (c >> 12));
      } else {
        to[out++] = (byte) (0xf0 | (c >> 18));
        to[out++] = (byte) (0x80 | ((c >> 12) & 0x3f));
      }
      to[out++] = (byte) (0x80 | ((c >> 6) & 0x3f));
    }
    to[out++] = (byte) (0x80 | (c & 0x3f));
    return out;
  }

  /// Whether the bytes are a number, `true`, `false` or `null`.
  static boolean isScalar(byte[] text, int from, int to) {
    return from < to
        && switch (text[from]) {
          case 't' -> is(text, from, to, "true");
          case 'f' -> is(text, from, to, "false");
          case 'n' -> is(text, from, to, "null");
          default -> isNumber(text, from, to);
        };
  }

  private static boolean is(byte[] text, int from, int to, String word) {
    if (to - from != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (text[from + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNumber(byte[] text, int from, int to) {
    int at = text[from] == '-' ? from + 1 : from;
    int whole = digits(text, at, to);
    if (whole == at || (text[at] == '0' && whole > at + 1)) {
      return false;
    }
    at = whole;
    if (at < to && text[at] == '.') {
      int fraction = digits(text, at + 1, to);
      if (fraction == at + 1) {
        return false;
      }
      at = fraction;
    }
    if (at < to && (text[at] == 'e' || text[at] == 'E')) {
      at++;
      if (at < to && (text[at] == '+' || text[at] == '-')) {
        at++;
      }
      int exponent = digits(text, at, to);
      if (exponent == at) {
        return false;
      }
      at = exponent;
    }
    return at == to;
  }

  private static int digits(byte[] text, int from, int to) {
    int at = from;
    while (at < to && text[at] >= '0' && text[at] <= '9') {
      at++;
    }
    return at;
  }
}
