package dev.weir.agent.loki.tail;

import java.util.concurrent.atomic.LongAdder;

/// Counts of one tail: written by its reader only, read by anyone.
final class TailCounts {
  private volatile long readBytes;
  private volatile long lines;
  private final LongAdder lostBytes = new LongAdder();
  private volatile long broken;
  private volatile long cut;

  /// Adds what one batch was made of.
  @SuppressWarnings("NonAtomicVolatileUpdate") // One writer.
  void read(long bytes, int entries, Chunk chunk) {
    readBytes += bytes;
    lines += entries;
    if (chunk.broken != 0) {
      broken += chunk.broken;
    }
    if (chunk.cut != 0) {
      cut += chunk.cut;
    }
    chunk.clearCounts();
  }

  void lost(long bytes) {
    lostBytes.add(bytes);
  }

  long readBytes() {
    return readBytes;
  }

  TailStats stats(long offset, long size, long lag) {
    return new TailStats(readBytes, lines, offset, size, lag, lostBytes.sum(), broken, cut);
  }
}
