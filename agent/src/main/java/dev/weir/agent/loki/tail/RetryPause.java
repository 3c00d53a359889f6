package dev.weir.agent.loki.tail;

import java.util.concurrent.TimeUnit;

/// The growing pause before what could not be delivered is read again. Not thread-safe.
final class RetryPause {
  private static final long FIRST = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long LONGEST = TimeUnit.SECONDS.toNanos(30);

  private long next = FIRST;
  private long end = Long.MIN_VALUE;

  /// Whether it is over; the first question begins it, and the one that finds it over ends it.
  boolean isOver(long now) {
    if (end == Long.MIN_VALUE) {
      end = now + next;
      next = Math.min(2 * next, LONGEST);
    }
    if (now < end) {
      return false;
    }
    end = Long.MIN_VALUE;
    return true;
  }

  /// The next pause is short again.
  void succeeded() {
    next = FIRST;
  }
}
