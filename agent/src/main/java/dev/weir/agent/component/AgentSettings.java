package dev.weir.agent.component;

import java.nio.file.Path;
import java.time.Duration;

/// What holds for the whole agent.
///
/// @param storagePath where components keep their state
/// @param minimumStability the least settled component that may be used
/// @param version of the agent, without a leading `v`
/// @param drainTimeout how long a stopping component may wait for confirmations; asked for when it
///   stops, what others that stopped before it have left
/// @param stallTimeout how long a target that has data may make no progress before its component
///   counts as unhealthy
public record AgentSettings(
    Path storagePath,
    Stability minimumStability,
    String version,
    Duration drainTimeout,
    Duration stallTimeout) {
  /// Long enough for any pause that is meant, and short enough that a dead reader is known within a
  /// minute.
  public static final Duration STALL_TIMEOUT = Duration.ofSeconds(50);

  /// With the usual patience.
  public AgentSettings(
      Path storagePath, Stability minimumStability, String version, Duration drainTimeout) {
    this(storagePath, minimumStability, version, drainTimeout, STALL_TIMEOUT);
  }

  /// These settings with another time to drain, or none where that is negative.
  public AgentSettings withDrainTimeout(Duration time) {
    return new AgentSettings(
        storagePath,
        minimumStability,
        version,
        time.isNegative() ? Duration.ZERO : time,
        stallTimeout);
  }
}
