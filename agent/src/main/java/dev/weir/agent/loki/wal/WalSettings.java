package dev.weir.agent.loki.wal;

import java.time.Duration;

/// Limits of a log.
///
/// @param maxBytes of all segments together
/// @param maxAge of what is in them; zero for no limit
public record WalSettings(long maxBytes, Duration maxAge) {
  private static final long LARGEST_SEGMENT = 16 << 20;
  private static final int LEAST_SEGMENTS = 8;
  private static final int PARTS_OF_AGE = 10;

  /// When a segment is large enough.
  long segmentBytes() {
    return Math.min(LARGEST_SEGMENT, maxBytes / LEAST_SEGMENTS);
  }

  /// When a segment is old enough, so that what is too old goes in small parts.
  long segmentNanos() {
    return isTimeless() ? Long.MAX_VALUE : maxAge.toNanos() / PARTS_OF_AGE;
  }

  boolean isTimeless() {
    return maxAge.isZero();
  }
}
