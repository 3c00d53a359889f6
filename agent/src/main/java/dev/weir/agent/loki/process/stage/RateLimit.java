package dev.weir.agent.loki.process.stage;

import java.util.concurrent.atomic.AtomicLong;

/// A bucket of tokens that fills at a steady rate.
///
/// Kept as one number: the time at which the bucket would be full again. Thread-safe, without
/// locks.
final class RateLimit {
  private static final double NANOS_PER_SECOND = 1e9;

  private final long tokenNanos;
  private final long bucketNanos;
  private final AtomicLong fullAt = new AtomicLong(Long.MIN_VALUE);

  /// @param rate tokens a second
  /// @param burst tokens that fit in
  RateLimit(double rate, int burst) {
    tokenNanos = (long) Math.min(NANOS_PER_SECOND / rate, Long.MAX_VALUE / 4.0 / burst);
    bucketNanos = tokenNanos * burst;
  }

  /// Takes a token, if there is one.
  boolean take(long nowNanos) {
    while (true) {
      long full = fullAt.get();
      long next = next(full, nowNanos);
      if (next - nowNanos > bucketNanos) {
        return false;
      }
      if (fullAt.compareAndSet(full, next)) {
        return true;
      }
    }
  }

  /// Takes a token, also one that is still to come, and tells how many nanoseconds until it is
  /// there; 0 or less when it is.
  long reserve(long nowNanos) {
    while (true) {
      long full = fullAt.get();
      long next = next(full, nowNanos);
      if (fullAt.compareAndSet(full, next)) {
        return next - nowNanos - bucketNanos;
      }
    }
  }

  private long next(long full, long nowNanos) {
    boolean isFull = full == Long.MIN_VALUE || full - nowNanos <= 0;
    return (isFull ? nowNanos : full) + tokenNanos;
  }
}
