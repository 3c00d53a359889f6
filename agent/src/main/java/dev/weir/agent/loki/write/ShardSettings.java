package dev.weir.agent.loki.write;

import dev.weir.agent.component.Buffers;
import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.Policy;
import dev.weir.agent.loki.Labels;
import java.time.Duration;
import java.util.Map;

/// What a shard needs to know of its endpoint.
///
/// @param shard which one of `shards` this is, from 0
/// @param capacity bytes that may wait in this shard
/// @param policy which tenant and namespaces are allowed
/// @param buffers shared with other endpoints
/// @param tenantId of entries that name none themselves
record ShardSettings(
    int shard,
    int shards,
    long batchSize,
    Duration batchWait,
    long capacity,
    boolean blockOnOverflow,
    int maxStreams,
    String tenantId,
    Map<String, String> externalLabels,
    EndpointMetrics metrics,
    Policy policy,
    Buffers buffers) {
  private static final String TENANT_LABEL = "__tenant_id__";
  private static final String NAMESPACE_LABEL = "namespace";

  static ShardSettings of(
      int shard,
      EndpointArguments arguments,
      int maxStreams,
      Map<String, String> externalLabels,
      EndpointMetrics metrics,
      ComponentContext context) {
    EndpointArguments.QueueConfig queue = arguments.queueConfig();
    return new ShardSettings(
        shard,
        queue.minShards(),
        arguments.batchSize().bytes(),
        arguments.batchWait(),
        queue.capacity().bytes() / queue.minShards(),
        queue.blockOnOverflow(),
        maxStreams,
        headerSafe(arguments.tenantId()),
        externalLabels,
        metrics,
        context.policy(),
        context.buffers());
  }

  /// The tenant of entries with these labels: the only one allowed, else the one that they name,
  /// else the endpoint's.
  String tenantOf(Labels labels) {
    String only = policy.tenant();
    if (only != null) {
      return headerSafe(only);
    }
    String own = labels.get(TENANT_LABEL);
    return own == null ? tenantId : headerSafe(own);
  }

  /// Whether entries with these labels may be sent.
  boolean allows(Labels labels) {
    String namespace = labels.get(NAMESPACE_LABEL);
    return namespace == null || policy.allowsNamespace(namespace);
  }

  /// The labels as Loki gets them: without internal ones, with external ones where the entry has
  /// none of that name.
  Labels sent(Labels labels) {
    Labels result = labels.keeping(name -> !name.startsWith("__"));
    for (Map.Entry<String, String> external : externalLabels.entrySet()) {
      if (labels.get(external.getKey()) == null) {
        result = result.with(external.getKey(), external.getValue());
      }
    }
    return result;
  }

  /// A tenant may come from a container's label: what could end the header it is sent in is
  /// replaced.
  static String headerSafe(String tenant) {
    var safe = new StringBuilder(tenant);
    for (int i = 0; i < safe.length(); i++) {
      char c = safe.charAt(i);
      if (c < ' ' || c > '~') {
        safe.setCharAt(i, '_');
      }
    }
    return safe.toString();
  }
}
