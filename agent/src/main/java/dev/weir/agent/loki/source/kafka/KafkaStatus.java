package dev.weir.agent.loki.source.kafka;

import dev.weir.agent.metrics.ComponentMetrics;
import io.micrometer.core.instrument.Counter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a member of a group is doing: its metrics, health and what the component API shows.
/// Thread-safe.
final class KafkaStatus {
  /// What the component API shows.
  record DebugInfo(String memberId, List<PartitionInfo> partitions) {}

  /// A partition that is read.
  ///
  /// @param confirmedOffset the next one to be delivered, -1 before the first
  /// @param lag messages that are not read yet, -1 before it is known
  record PartitionInfo(
      String topic, int partition, Map<String, String> labels, long confirmedOffset, long lag) {}

  private static final DebugInfo NOTHING = new DebugInfo("", List.of());

  private final Counter messages;
  private final Counter dropped;
  private final Counter rebalances;
  private final Counter rewinds;
  private volatile DebugInfo debugInfo = NOTHING;
  private volatile @Nullable String problem;

  KafkaStatus(ComponentMetrics metrics) {
    messages = metrics.counter("loki_source_kafka_messages_total", "Number of messages passed on.");
    dropped =
        metrics.counter(
            "loki_source_kafka_dropped_messages_total",
            "Number of messages that relabeling rules dropped.");
    rebalances =
        metrics.counter(
            "loki_source_kafka_rebalances_total",
            "Number of times the group gave this member partitions.");
    rewinds =
        metrics.counter(
            "loki_source_kafka_rewinds_total",
            "Number of times a partition was read again because a delivery failed.");
    metrics.gauge(
        "loki_source_kafka_assigned_partitions",
        "Number of partitions this member reads.",
        this,
        status -> status.debugInfo.partitions().size());
    metrics.gauge(
        "loki_source_kafka_lag_messages",
        "Number of messages in assigned partitions that are not read yet.",
        this,
        KafkaStatus::lag);
  }

  private double lag() {
    return debugInfo.partitions().stream()
        .mapToLong(partition -> Math.max(0, partition.lag()))
        .sum();
  }

  void passedOn(int count) {
    messages.increment(count);
  }

  void dropped(int count) {
    dropped.increment(count);
  }

  void rebalanced() {
    rebalances.increment();
  }

  void rewound() {
    rewinds.increment();
  }

  void show(DebugInfo now) {
    debugInfo = now;
  }

  void showNothing() {
    debugInfo = NOTHING;
  }

  DebugInfo debugInfo() {
    return debugInfo;
  }

  /// @param message what keeps topics from being read, or null
  void problem(@Nullable String message) {
    problem = message;
  }

  @Nullable String problem() {
    return problem;
  }
}
