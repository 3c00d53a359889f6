package dev.weir.agent.loki.write;

import dev.weir.agent.metrics.ComponentMetrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The meters of one endpoint, by tenant; those of its own tenant exist from the start.
///
/// Thread-safe.
final class EndpointMetrics {
  private final ComponentMetrics metrics;
  private final String host;
  private final Map<String, TenantMetrics> tenants = new ConcurrentHashMap<>();

  EndpointMetrics(ComponentMetrics metrics, EndpointArguments arguments) {
    this.metrics = metrics;
    this.host = arguments.host();
    of(ShardSettings.headerSafe(arguments.tenantId()));
  }

  TenantMetrics of(String tenant) {
    return tenants.computeIfAbsent(tenant, key -> new TenantMetrics(metrics, host, key));
  }
}
