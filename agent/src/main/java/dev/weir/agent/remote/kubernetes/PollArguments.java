package dev.weir.agent.remote.kubernetes;

import dev.weir.agent.kubernetes.ClientArguments;
import dev.weir.agent.river.eval.BlockField;
import dev.weir.agent.river.eval.Default;
import java.time.Duration;

/// Which object to read, and how often.
///
/// @param namespace that it is in
/// @param name of the object
/// @param pollFrequency how often it is read
/// @param pollTimeout for one reading
/// @param client how to reach the API server
public record PollArguments(
    String namespace,
    String name,
    @Default("\"1m\"") Duration pollFrequency,
    @Default("\"15s\"") Duration pollTimeout,
    @BlockField @Default ClientArguments client) {
  /// @throws IllegalArgumentException when durations are none
  public PollArguments {
    if (namespace.isEmpty()) {
      throw new IllegalArgumentException("namespace must not be empty");
    }
    if (name.isEmpty()) {
      throw new IllegalArgumentException("name must not be empty");
    }
    if (!pollFrequency.isPositive()) {
      throw new IllegalArgumentException("poll_frequency must be greater than 0");
    }
    if (!pollTimeout.isPositive()) {
      throw new IllegalArgumentException("poll_timeout must be greater than 0");
    }
  }
}
