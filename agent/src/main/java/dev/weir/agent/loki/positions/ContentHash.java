package dev.weir.agent.loki.positions;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// A fast 64-bit hash of bytes, the same on every machine and in every version, for recognising
/// content that was seen before. Not for hostile input.
public final class ContentHash {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private ContentHash() {}

  /// The hash of `length` bytes from `from`.
  public static long of(byte[] bytes, int from, int length) {
    long hash = length * MULTIPLIER;
    int at = from;
    int end = from + length;
    for (; end - at >= Long.BYTES; at += Long.BYTES) {
      hash = mix(hash ^ (long) LONGS.get(bytes, at));
    }
    long rest = 0;
    for (; at < end; at++) {
      rest = (rest << Byte.SIZE) | (bytes[at] & 0xFF);
    }
    return mix(hash ^ rest);
  }

  private static long mix(long value) {
    long high = Math.unsignedMultiplyHigh(value, MULTIPLIER);
    long mixed = (value * MULTIPLIER) ^ high;
    return mixed ^ (mixed >>> 29);
  }
}
