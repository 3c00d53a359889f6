package dev.weir.agent.docker;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// Which Engine this is.
///
/// @param api version of its API, such as `1.41`
/// @param time of its clock when it answered, to the second and not later; 1970 when it does not
///   say
public record EngineVersion(String version, String api, Instant time) {
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);

  /// The same with a more exact time: that of the question by the asker's clock, if the Engine's
  /// agrees with it, as on one machine.
  EngineVersion askedAt(Instant asked) {
    boolean agrees =
        asked.isBefore(time.plusSeconds(1)) && asked.isAfter(time.minus(LONGEST_ANSWER));
    return agrees ? new EngineVersion(version, api, asked) : this;
  }

  /// The time in nanoseconds since 1970.
  public long nanos() {
    return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
  }
}
