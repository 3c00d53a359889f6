package dev.weir.agent.loki.tail;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Finds newlines, eight bytes at a time.
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
    for (; p + Long.BYTES <= to; p += Long.BYTES) {
      long word = (long) LONGS.get(bytes, p) ^ NEWLINES;
      long found = (word - ONES) & ~word & HIGHS;
      if (found != 0) {
        return p + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (p < to && bytes[p] != '\n') {
      p++;
    }
    return p;
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
