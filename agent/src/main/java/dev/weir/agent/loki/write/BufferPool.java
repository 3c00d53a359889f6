package dev.weir.agent.loki.write;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Byte arrays for reuse, in four sizes per power of two, so that at most a fifth of one is unused.
///
/// Holds idle arrays up to a limit in bytes; beyond it they are left to the garbage collector. Not
/// thread-safe: its shard's lock guards it.
final class BufferPool {
  private static final int SMALLEST = 512;
  private static final int CLASSES = 31 * 4;

  private final List<Deque<byte[]>> idle = new ArrayList<>();
  private final long limit;
  private long idleBytes;

  BufferPool(long limit) {
    this.limit = limit;
  }

  /// An array of at least that length, with anything in it.
  byte[] take(int length) {
    byte[] known = takeIdle(length);
    return known == null ? new byte[rounded(length)] : known;
  }

  /// An idle array of about that length, null when there is none.
  byte @Nullable [] takeIdle(int length) {
    if (idle.isEmpty()) {
      return null;
    }
    int size = rounded(length);
    byte[] known = idle.get(classOf(size)).pollLast();
    idleBytes -= known == null ? 0 : size;
    return known;
  }

  /// Takes an array back that came from [#take].
  void give(byte[] array) {
    if (idleBytes + array.length <= limit) {
      if (idle.isEmpty()) {
        // Most endpoints of a large configuration never get here.
        for (int i = 0; i < CLASSES; i++) {
          idle.add(new ArrayDeque<>(1));
        }
      }
      idle.get(classOf(array.length)).addLast(array);
      idleBytes += array.length;
    }
  }

  static int rounded(int length) {
    if (length <= SMALLEST) {
      return SMALLEST;
    }
    int shift = 29 - Integer.numberOfLeadingZeros(length - 1);
    return (((length - 1) >> shift) + 1) << shift;
  }

  private static int classOf(int size) {
    int shift = 29 - Integer.numberOfLeadingZeros(size);
    return shift * 4 + ((size >> shift) & 3);
  }

  /// Leaves all idle arrays to the garbage collector.
  void clear() {
    idle.clear();
    idleBytes = 0;
  }
}
