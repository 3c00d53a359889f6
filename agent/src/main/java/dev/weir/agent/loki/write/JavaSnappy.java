package dev.weir.agent.loki.write;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Snappy's block format in Java, for where the native library cannot be loaded.
///
/// A block is the uncompressed length and a run of elements: literals, and copies of earlier bytes.
/// Written so that no copy reaches over a 64 KiB boundary, whose offsets fit in two bytes.
final class JavaSnappy {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int BLOCK = 1 << 16;
  private static final int HASH_BITS = 14;
  private static final int MULTIPLIER = 0x1e35a7bd;
  private static final int MIN_MATCH = 4;
  private static final int MAX_COPY = 64;
  private static final int LITERAL = 0;
  private static final int COPY_1 = 1;
  private static final int COPY_2 = 2;

  private final byte[] in;
  private final byte[] out;
  private int at;

  private JavaSnappy(byte[] in, byte[] out) {
    this.in = in;
    this.out = out;
  }

  /// Compresses the first `length` bytes of `from`; `to` has room for a sixth more and 32 bytes.
  static int compress(byte[] from, int length, byte[] to) {
    var codec = new JavaSnappy(from, to);
    codec.at = ProtoWriter.varint(to, 0, length);
    var table = new char[1 << HASH_BITS];
    for (int start = 0; start < length; start += BLOCK) {
      Arrays.fill(table, (char) 0);
      codec.block(start, Math.min(length, start + BLOCK), table);
    }
    return codec.at;
  }

  private void block(int start, int end, char[] table) {
    int literal = start;
    int position = start + 1;
    int last = end - MIN_MATCH;
    int misses = 0;
    while (position <= last) {
      int word = (int) INT.get(in, position);
      int slot = (word * MULTIPLIER) >>> (Integer.SIZE - HASH_BITS);
      int candidate = start + table[slot];
      table[slot] = (char) (position - start);
      if ((int) INT.get(in, candidate) != word) {
        // The longer nothing matches, the larger the steps.
        position += 1 + (misses++ >> 5);
        continue;
      }
      misses = 0;
      literal(literal, position - literal);
      int length = MIN_MATCH + matching(candidate + MIN_MATCH, position + MIN_MATCH, end);
      copy(position - candidate, length);
      position += length;
      literal = position;
    }
    literal(literal, end - literal);
  }

  private int matching(int one, int other, int end) {
    int length = Arrays.mismatch(in, one, one + end - other, in, other, end);
    return length < 0 ? end - other : length;
  }

  private void literal(int start, int length) {
    if (length == 0) {
      return;
    }
    int value = length - 1;
    if (value < 60) {
      out[at++] = (byte) (value << 2 | LITERAL);
    } else if (value < 1 << 8) {
      out[at++] = (byte) (60 << 2 | LITERAL);
      out[at++] = (byte) value;
    } else {
      out[at++] = (byte) (61 << 2 | LITERAL);
      out[at++] = (byte) value;
      out[at++] = (byte) (value >> 8);
    }
    System.arraycopy(in, start, out, at, length);
    at += length;
  }

  private void copy(int offset, int length) {
    int left = length;
    while (left > 0) {
      // Never leave a rest that is too short for the one-byte form.
      int some = left > MAX_COPY && left < MAX_COPY + MIN_MATCH ? 60 : Math.min(left, MAX_COPY);
      if (some >= 4 && some <= 11 && offset < 1 << 11) {
        out[at++] = (byte) (offset >> 8 << 5 | (some - 4) << 2 | COPY_1);
        out[at++] = (byte) offset;
      } else {
        out[at++] = (byte) ((some - 1) << 2 | COPY_2);
        out[at++] = (byte) offset;
        out[at++] = (byte) (offset >> 8);
      }
      left -= some;
    }
  }

  /// Restores a block that the agent compressed itself, by either codec.
  static byte[] uncompress(byte[] from, int end) {
    int shift = 0;
    int length = 0;
    int start = 0;
    for (byte b = from[start++]; ; b = from[start++]) {
      length |= (b & 0x7f) << shift;
      shift += 7;
      if (b >= 0) {
        break;
      }
    }
    var codec = new JavaSnappy(from, new byte[length]);
    codec.elements(start, end);
    return codec.out;
  }

  private void elements(int start, int end) {
    int next = start;
    while (next < end) {
      int tag = in[next++] & 0xff;
      int value = tag >> 2;
      switch (tag & 3) {
        case LITERAL -> {
          int bytes = Math.max(0, value - 59);
          int length = 1 + (bytes == 0 ? value : number(next, bytes));
          System.arraycopy(in, next + bytes, out, at, length);
          at += length;
          next += bytes + length;
        }
        case COPY_1 -> repeat((tag >> 5 << 8) + number(next++, 1), 4 + (value & 7));
        case COPY_2 -> {
          repeat(number(next, 2), 1 + value);
          next += 2;
        }
        default -> {
          repeat(number(next, 4), 1 + value);
          next += 4;
        }
      }
    }
  }

  private int number(int start, int bytes) {
    int number = 0;
    for (int i = 0; i < bytes; i++) {
      number |= (in[start + i] & 0xff) << (8 * i);
    }
    return number;
  }

  private void repeat(int offset, int length) {
    // Byte by byte: what is copied may overlap what it is copied to.
    for (int i = 0; i < length; i++) {
      out[at] = out[at - offset];
      at++;
    }
  }
}
