package dev.weir.agent.loki.write;

import dev.weir.agent.loki.Labels;
import java.time.Duration;
import java.util.Map;

/// What a shard needs to know of its endpoint.
///
/// @param shard which one of `shards` this is, from 0
/// @param capacity bytes that may wait in this shard
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
    EndpointMetrics metrics) {
  static ShardSettings of(
      int shard,
      EndpointArguments arguments,
      int maxStreams,
      Map<String, String> externalLabels,
      EndpointMetrics metrics) {
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
        metrics);
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
