package dev.weir.agent.metrics;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.jspecify.annotations.Nullable;

/// Meters, and beside them the metrics that users make. Thread-safe.
public final class AgentRegistry extends PrometheusMeterRegistry {
  private static final String END = "# EOF\n";

  private final UserMetrics userMetrics = new UserMetrics();

  public AgentRegistry() {
    super(PrometheusConfig.DEFAULT);
  }

  UserMetrics userMetrics() {
    return userMetrics;
  }

  /// All metrics, as `text/plain; version=0.0.4` or in OpenMetrics.
  ///
  /// @param accept the `Accept` header of who asks, null without one
  public String text(@Nullable String accept) {
    String meters = accept == null ? scrape() : scrape(accept);
    return meters.endsWith(END)
        ? meters.substring(0, meters.length() - END.length()) + userMetrics.text(true) + END
        : meters + userMetrics.text(false);
  }
}
