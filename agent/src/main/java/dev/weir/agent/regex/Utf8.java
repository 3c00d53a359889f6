package dev.weir.agent.regex;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Looks at bytes that should be UTF-8.
final class Utf8 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Utf8() {}

  /// Whether the bytes are well-formed: shortest forms, no surrogates.
  static boolean isValid(byte[] buffer, int offset, int length) {
    int end = offset + length;
    int at = ascii(buffer, offset, end);
    while (at < end) {
      int size = sequence(buffer, at, end);
      if (size == 0) {
        return false;
      }
      at += size;
    }
    return true;
  }

  /// The text, with U+FFFD for every byte that belongs to no character, as Go reads it.
  ///
  /// @param indexes filled with the index into `buffer` of each `char` and of the end
  static String decode(byte[] buffer, int offset, int length, int[] indexes) {
    var out = new StringBuilder(length);
    int end = offset + length;
    int at = offset;
    while (at < end) {
      int size = sequence(buffer, at, end);
      indexes[out.length()] = at;
      if (size == 4) {
        indexes[out.length() + 1] = at;
      }
      out.appendCodePoint(size == 0 ? 0xfffd : codePoint(buffer, at, size));
      at += Math.max(1, size);
    }
    indexes[out.length()] = end;
    return out.toString();
  }

  private static int codePoint(byte[] buffer, int at, int size) {
    int first = buffer[at] & 0xff;
    int value = size == 1 ? first : first & (0x7f >> size);
    for (int i = 1; i < size; i++) {
      value = (value << 6) | (buffer[at + i] & 0x3f);
    }
    return value;
  }

  /// Where plain ASCII ends, to within eight bytes.
  private static int ascii(byte[] buffer, int offset, int end) {
    int at = offset;
    while (at + 8 <= end && ((long) LONGS.get(buffer, at) & HIGH_BITS) == 0) {
      at += 8;
    }
    return at;
  }

  /// Bytes of the sequence that starts here, 0 when it is none.
  private static int sequence(byte[] buffer, int at, int end) {
    int first = buffer[at];
    if (first >= 0) {
      return 1;
    }
    int size = first < (byte) 0xe0 ? 2 : first < (byte) 0xf0 ? 3 : 4;
    if (first < (byte) 0xc2 || first > (byte) 0xf4 || at + size > end) {
      return 0;
    }
    for (int i = 1; i < size; i++) {
      if (buffer[at + i] >= (byte) 0xc0) {
        return 0;
      }
    }
    return secondFits(first, buffer[at + 1]) ? size : 0;
  }

  private static boolean secondFits(int first, byte second) {
    return switch (first & 0xff) {
      case 0xe0 -> second >= (byte) 0xa0;
      case 0xed -> second < (byte) 0xa0;
      case 0xf0 -> second >= (byte) 0x90;
      case 0xf4 -> second < (byte) 0x90;
      default -> true;
    };
  }
}
