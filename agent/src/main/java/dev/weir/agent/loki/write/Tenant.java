package dev.weir.agent.loki.write;

import dev.weir.agent.loki.Labels;
import java.util.HashMap;
import java.util.Map;

/// A tenant of one shard: its streams and the push being filled for it.
///
/// Not thread-safe: its shard's lock guards it.
final class Tenant {
  private final TenantMetrics metrics;
  private final OpenPush open;
  private final Map<Labels, Stream> streams = new HashMap<>();

  /// @param name the tenant's id, empty for none
  Tenant(String name, TenantMetrics metrics) {
    this.metrics = metrics;
    this.open = new OpenPush(name, metrics);
  }

  TenantMetrics metrics() {
    return metrics;
  }

  OpenPush open() {
    return open;
  }

  Stream stream(Labels labels) {
    return streams.computeIfAbsent(labels, key -> new Stream(this, key));
  }
}
