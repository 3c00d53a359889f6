package dev.weir.agent.loki.tail;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Finds newlines, sixteen bytes at a time.
final class Newlines {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long NEWLINES = ONES * '\n';

  private Newlines() {}

  /// The first newline from `from` on, or `to` when there is none before it.
  static int next(byte[] bytes, int from, int to) {
    int p = from;
    for (; p + 2 * Long.BYTES <= to; p += 2 * Long.BYTES) {
      long first = newlines((long) LONGS.get(bytes, p));
      long second = newlines((long) LONGS.get(bytes, p + Long.BYTES));
      if ((first | second) != 0) {
        return first != 0 ? p + place(first) : p + Long.BYTES + place(second);
      }
    }
    while (p < to && bytes[p] != '\n') {
      p++;
    }
    return p;
  }

  private static int place(long found) {
    return Long.numberOfTrailingZeros(found) >>> 3;
  }

  /// Sets the high bit of each byte that is a newline. A borrow can set it wrongly only above a
  /// byte where it is set rightly, so that the lowest is always right.
  private static long newlines(long word) {
    long zeros = word ^ NEWLINES;
    return (zeros - ONES) & ~zeros & HIGHS;
  }

  /// The place behind the last newline before `to`, or `from` when there is none.
  static int behindLast(byte[] bytes, int from, int to) {
    int p = to;
    while (p > from && bytes[p - 1] != '\n') {
      p--;
    }
    return p;
  }
}
