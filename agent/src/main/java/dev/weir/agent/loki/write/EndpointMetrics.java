package dev.weir.agent.loki.write;

import dev.weir.agent.metrics.ComponentMetrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The meters of one endpoint, by tenant. Those of its own tenant exist from the start, except
/// where there are very many endpoints.
///
/// Thread-safe.
final class EndpointMetrics {
  private final ComponentMetrics metrics;
  private final String host;
  private final boolean one;
  private final Map<String, TenantMetrics> tenants = new ConcurrentHashMap<>();

  /// @param one whether it is one of few
  EndpointMetrics(ComponentMetrics metrics, EndpointArguments arguments, boolean one) {
    this.metrics = metrics;
    this.host = arguments.host();
    this.one = one;
    if (one) {
      of(ShardSettings.headerSafe(arguments.tenantId()));
    }
  }

  TenantMetrics of(String tenant) {
    return tenants.computeIfAbsent(tenant, key -> new TenantMetrics(metrics, host, key, one));
  }

  /// A request was not made because it would have led where it must not.
  void denied() {
    metrics
        .counter(
            "loki_write_denied_requests_total",
            "Requests not made because their destination is denied.",
            "host",
            host)
        .increment();
  }
}
