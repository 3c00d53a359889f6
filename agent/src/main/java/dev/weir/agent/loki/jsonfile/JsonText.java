package dev.weir.agent.loki.jsonfile;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Decodes JSON strings, in place or to elsewhere: text never grows by it, so that the bytes it
/// came from have room for it.
///
/// Reads sixteen bytes at a time and so up to fifteen beyond the end; the data must be followed by
/// a byte that ends a string, such as the newline of its record. Not thread-safe.
final class JsonText {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long BACKSLASHES = ONES * '\\';
  private static final long SECOND_BITS = ONES * 2;
  private static final long BELOW = ONES * (' ' + 1);
  private static final int REPLACEMENT = 0xFFFD;

  /// What a letter behind a backslash stands for, 0 where that takes more than a look.
  private static final byte[] SIMPLE = new byte[128];

  static {
    SIMPLE['n'] = '\n';
    SIMPLE['t'] = '\t';
    SIMPLE['r'] = '\r';
    SIMPLE['b'] = '\b';
    SIMPLE['f'] = '\f';
    SIMPLE['"'] = '"';
    SIMPLE['\\'] = '\\';
    SIMPLE['/'] = '/';
  }

  private int textEnd;
  private boolean lenient;

  /// Where the text that was decoded last ends; it starts where [#decode] was told to.
  int textEnd() {
    return textEnd;
  }

  /// The first quote, backslash or control character from `at` on.
  static int special(byte[] bytes, int at) {
    int p = at;
    while (true) {
      long first = specials((long) LONGS.get(bytes, p));
      long second = specials((long) LONGS.get(bytes, p + Long.BYTES));
      if ((first | second) != 0) {
        return first != 0 ? p + place(first) : p + Long.BYTES + place(second);
      }
      p += 2 * Long.BYTES;
    }
  }

  private static int place(long found) {
    return Long.numberOfTrailingZeros(found) >>> 3;
  }

  /// Sets the high bit of each byte that is special. A borrow can set it wrongly only above a byte
  /// where it is set rightly, so that the lowest is always right.
  private static long specials(long word) {
    // Changing this bit brings the quote, 0x22, right behind the control characters, and the blank
    // to its place: one comparison finds both.
    long low = word ^ SECOND_BITS;
    long backslash = word ^ BACKSLASHES;
    return (((low - BELOW) & ~low) | ((backslash - ONES) & ~backslash)) & HIGHS;
  }

  /// Decodes the string whose first character is at `start`, in place.
  ///
  /// @return the place behind its closing quote; or, when a control character ends it early, -1
  ///   minus the place of that
  int decode(byte[] bytes, int start) {
    int source = special(bytes, start);
    int target = source;
    while (bytes[source] == '\\') {
      source = escape(bytes, source, bytes, target);
      target = textEnd;
      // Copies up to the next special character, whole words as long as there is none in them.
      long word = (long) LONGS.get(bytes, source);
      long found = specials(word);
      while (found == 0) {
        LONGS.set(bytes, target, word);
        source += Long.BYTES;
        target += Long.BYTES;
        word = (long) LONGS.get(bytes, source);
        found = specials(word);
      }
      int rest = place(found);
      if (source - target >= Long.BYTES) {
        // What is written too much lies before what is still to be read.
        LONGS.set(bytes, target, word);
      } else {
        for (int i = 0; i < rest; i++) {
          bytes[target + i] = (byte) (word >>> (i * Byte.SIZE));
        }
      }
      source += rest;
      target += rest;
    }
    textEnd = target;
    return bytes[source] == '"' ? source + 1 : -1 - source;
  }

  /// Decodes a string to another array. It must be JSON in every detail.
  ///
  /// @param limit the string must end before; behind it twenty bytes must be readable
  /// @param to has as much room as the string takes before `limit`, and twenty bytes more
  /// @return the place behind its closing quote, or -1
  int copy(byte[] bytes, int start, int limit, byte[] to, int toStart) {
    lenient = false;
    int source = start;
    int target = toStart;
    while (source < limit) {
      long word = (long) LONGS.get(bytes, source);
      LONGS.set(to, target, word);
      // When there is none, all eight are plain.
      int plain = place(specials(word));
      source += plain;
      target += plain;
      if (plain == Long.BYTES) {
        continue;
      }
      if (bytes[source] != '\\') {
        break;
      }
      source = escape(bytes, source, to, target);
      target = textEnd;
    }
    textEnd = target;
    return source < limit && bytes[source] == '"' && !lenient ? source + 1 : -1;
  }

  /// Decodes one escape to `target`, leaving its end in [#textEnd].
  ///
  /// @return the place behind it
  private int escape(byte[] bytes, int at, byte[] to, int target) {
    byte letter = bytes[at + 1];
    byte simple = letter < 0 ? 0 : SIMPLE[letter];
    if (simple != 0) {
      to[target] = simple;
      textEnd = target + 1;
      return at + 2;
    }
    return letter == 'u' ? unicode(bytes, at, to, target) : odd(letter, at, to, target);
  }

  private int odd(byte letter, int at, byte[] to, int target) {
    lenient = true;
    if (letter >= 0 && letter < ' ') {
      // No escape but the end of a broken record: the control character stays to be found.
      textEnd = target;
      return at + 1;
    }
    to[target] = letter;
    textEnd = target + 1;
    return at + 2;
  }

  private int unicode(byte[] bytes, int at, byte[] to, int target) {
    int code = unit(bytes, at + 2);
    int next = at + 6;
    if (code < 0) {
      lenient = true;
      textEnd = encode(to, target, '?');
      return at + 2;
    }
    if (Character.isHighSurrogate((char) code) && bytes[next] == '\\' && bytes[next + 1] == 'u') {
      int low = unit(bytes, next + 2);
      if (low >= 0 && Character.isLowSurrogate((char) low)) {
        textEnd = encode(to, target, Character.toCodePoint((char) code, (char) low));
        return next + 6;
      }
    }
    textEnd = encode(to, target, Character.isSurrogate((char) code) ? REPLACEMENT : code);
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
