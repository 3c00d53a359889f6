package dev.weir.operator.reconcile;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Gathers changes of a class's pipelines: waits until nothing changed for a while, but not for
/// ever.
///
/// Thread-safe.
final class Debounce {
  private final Duration quiet;
  private final Duration longest;
  private final InstantSource clock;

  @GuardedBy("this")
  private final Map<String, Touched> touched = new HashMap<>();

  private record Touched(Instant first, Instant last) {}

  Debounce(Duration quiet, Duration longest, InstantSource clock) {
    this.quiet = quiet;
    this.longest = longest;
    this.clock = clock;
  }

  /// Something of a class changed.
  synchronized void touch(String className) {
    Instant now = clock.instant();
    touched.merge(className, new Touched(now, now), (old, _) -> new Touched(old.first(), now));
  }

  /// How long to wait still; empty when it is time, or nothing changed.
  synchronized Optional<Duration> waiting(String className) {
    Touched changes = touched.get(className);
    if (changes == null) {
      return Optional.empty();
    }
    Instant due = changes.last().plus(quiet);
    Instant latest = changes.first().plus(longest);
    Duration left = Duration.between(clock.instant(), due.isBefore(latest) ? due : latest);
    return left.isPositive() ? Optional.of(left) : Optional.empty();
  }

  /// The changes until now are being looked at.
  synchronized void settle(String className) {
    touched.remove(className);
  }
}
