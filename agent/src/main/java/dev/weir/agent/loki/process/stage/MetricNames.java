package dev.weir.agent.loki.process.stage;

import java.time.Duration;
import java.util.regex.Pattern;

/// What metrics of every kind are called.
final class MetricNames {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final String PREFIX = "loki_process_custom_";

  private MetricNames() {}

  /// The name as Prometheus shows it.
  static String full(String prefix, String name) {
    return (prefix.isEmpty() ? PREFIX : prefix) + name;
  }

  /// @throws IllegalArgumentException when what all kinds have is wrong
  static void check(String name, String prefix, Duration maxIdleDuration) {
    if (maxIdleDuration.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("max_idle_duration must be greater or equal than 1s");
    }
    if (!NAME.matcher(full(prefix, name)).matches()) {
      throw new IllegalArgumentException("invalid metric name: " + full(prefix, name));
    }
  }
}
