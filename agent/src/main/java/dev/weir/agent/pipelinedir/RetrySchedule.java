package dev.weir.agent.pipelinedir;

import java.time.Duration;

/// When what has failed is tried again: later each time. Guarded by its owner's lock.
final class RetrySchedule {
  private static final Duration FIRST = Duration.ofSeconds(5);
  private static final Duration LAST = Duration.ofMinutes(1);

  private long at;
  private Duration next = FIRST;

  /// Whether something is to be tried again.
  boolean isWaiting() {
    return at != 0;
  }

  /// Whether it is time; the next time is further away then.
  ///
  /// @param now as of [System#nanoTime]
  boolean takeIfDue(long now) {
    if (at == 0 || now - at < 0) {
      return false;
    }
    at = 0;
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(LAST) < 0 ? doubled : LAST;
    return true;
  }

  /// Sets the time, from now.
  void failed(long now) {
    at = Math.max(1, now + next.toNanos());
  }

  /// Begins again with the shortest wait; what waits goes on waiting.
  void shorten() {
    next = FIRST;
  }

  void succeeded() {
    at = 0;
    next = FIRST;
  }
}
