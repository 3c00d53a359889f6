package dev.weir.agent.loki.tail;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Decodes JSON strings in place: text never grows by it, so the bytes it came from hold it.
///
/// Reads eight bytes at a time and so up to seven beyond the end; the data must be followed by a
/// byte that ends a string, such as the newline of its record. Not thread-safe.
final class JsonText {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final long BLANKS = ONES * ' ';
  private static final int REPLACEMENT = 0xFFFD;

  private int textEnd;

  /// Where the text that was decoded last ends; it starts where [#decode] was told to.
  int textEnd() {
    return textEnd;
  }

  /// The first quote, backslash or control character from `at` on.
  static int special(byte[] bytes, int at) {
    int p = at;
    while (true) {
      long word = (long) LONGS.get(bytes, p);
      long quote = word ^ QUOTES;
      long backslash = word ^ BACKSLASHES;
      // Sets the high bit of each byte that is 0, resp. below a blank; bytes from 0x80 never count.
      // A borrow can only set it wrongly above a byte where it is set rightly.
      long found =
          ((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash) | ((word - BLANKS) & ~word);
      found &= HIGHS;
      if (found != 0) {
        return p + (Long.numberOfTrailingZeros(found) >>> 3);
      }
      p += Long.BYTES;
    }
  }

  /// Decodes the string whose first character is at `start`.
  ///
  /// @return the place behind its closing quote; or, when a control character ends it early, -1
  ///   minus the place of that
  int decode(byte[] bytes, int start) {
    int source = special(bytes, start);
    int target = source;
    while (bytes[source] == '\\') {
      int decoded = escape(bytes, source, target);
      target = textEnd;
      source = decoded;
      int stop = special(bytes, source);
      int length = stop - source;
      if (length > 0) {
        System.arraycopy(bytes, source, bytes, target, length);
        target += length;
      }
      source = stop;
    }
    textEnd = target;
    return bytes[source] == '"' ? source + 1 : -1 - source;
  }

  /// Decodes one escape to `target`, leaving its end in [#textEnd].
  ///
  /// @return the place behind it
  private int escape(byte[] bytes, int at, int target) {
    byte letter = bytes[at + 1];
    int value =
        switch (letter) {
          case 'n' -> '\n';
          case 't' -> '\t';
          case 'r' -> '\r';
          case 'b' -> '\b';
          case 'f' -> '\f';
          case 'u' -> -1;
          default -> letter & 0xFF;
        };
    if (value == -1) {
      return unicode(bytes, at, target);
    }
    if (letter >= 0 && letter < ' ') {
      // No escape but the end of a broken record: the control character stays to be found.
      textEnd = target;
      return at + 1;
    }
    bytes[target] = (byte) value;
    textEnd = target + 1;
    return at + 2;
  }

  private int unicode(byte[] bytes, int at, int target) {
    int code = unit(bytes, at + 2);
    int next = at + 6;
    if (code < 0) {
      textEnd = encode(bytes, target, '?');
      return at + 2;
    }
    if (Character.isHighSurrogate((char) code) && bytes[next] == '\\' && bytes[next + 1] == 'u') {
      int low = unit(bytes, next + 2);
      if (low >= 0 && Character.isLowSurrogate((char) low)) {
        textEnd = encode(bytes, target, Character.toCodePoint((char) code, (char) low));
        return next + 6;
      }
    }
    textEnd = encode(bytes, target, Character.isSurrogate((char) code) ? REPLACEMENT : code);
    return next;
  }

  /// Four hexadecimal digits, or -1; stops at the first other byte, so it never passes an end.
  private static int unit(byte[] bytes, int at) {
    int value = 0;
    for (int i = at; i < at + 4; i++) {
      int digit = bytes[i] < 0 ? -1 : Character.digit(bytes[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = (value << 4) | digit;
    }
    return value;
  }

  private static int encode(byte[] bytes, int at, int code) {
    int p = at;
    if (code < 0x80) {
      bytes[p++] = (byte) code;
    } else if (code < 0x800) {
      bytes[p++] = (byte) (0xC0 | (code >> 6));
      bytes[p++] = (byte) (0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
      bytes[p++] = (byte) (0xE0 | (code >> 12));
      bytes[p++] = (byte) (0x80 | ((code >> 6) & 0x3F));
      bytes[p++] = (byte) (0x80 | (code & 0x3F));
    } else {
      bytes[p++] = (byte) (0xF0 | (code >> 18));
      bytes[p++] = (byte) (0x80 | ((code >> 12) & 0x3F));
      bytes[p++] = (byte) (0x80 | ((code >> 6) & 0x3F));
      bytes[p++] = (byte) (0x80 | (code & 0x3F));
    }
    return p;
  }
}
