package dev.weir.agent.loki.write;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Waiting times between attempts: each drawn from [current, twice that), current doubling up to a
/// limit, so that agents that failed together do not come back together.
final class Backoff {
  private final long least;
  private final long most;
  private long current;

  Backoff(Duration least, Duration most) {
    this.least = least.toNanos();
    this.most = Math.max(this.least, most.toNanos());
    this.current = this.least;
  }

  void reset() {
    current = least;
  }

  /// The next waiting time in nanoseconds, not shorter than the server asks for.
  long next(@Nullable Duration retryAfter) {
    long drawn = Math.min(most, current + ThreadLocalRandom.current().nextLong(current));
    current = Math.min(most, 2 * current);
    return retryAfter == null ? drawn : Math.max(drawn, retryAfter.toNanos());
  }

  /// As if many attempts had failed already.
  void slowDown() {
    current = most;
  }
}
