package dev.weir.agent.loki.tail;

import org.jspecify.annotations.Nullable;

/// A piece of a generation in a reader's buffer, and the counts of what was made of it. Reused.
final class Chunk {
  byte[] bytes = {};

  /// The next byte to split.
  int from;

  /// The end of what may be split.
  int to;

  /// What must be added to an index to get the place in the generation.
  long base;

  /// Where it comes from.
  @Nullable Generation generation;

  /// Records of standard output that start before this place are already confirmed.
  long stdoutFrom;

  /// The same for standard error.
  long stderrFrom;

  /// Nanoseconds since 1970 at which it was read.
  long readAt;

  /// Records that were skipped because they are none.
  long broken;

  /// Lines that were longer than the limit.
  long cut;

  /// Where the next byte lies in the generation.
  long position() {
    return base + from;
  }

  void clearCounts() {
    broken = 0;
    cut = 0;
  }
}
