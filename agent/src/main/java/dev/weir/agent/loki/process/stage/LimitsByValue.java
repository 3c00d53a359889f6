package dev.weir.agent.loki.process.stage;

import dev.weir.agent.metrics.ComponentMetrics;
import io.micrometer.core.instrument.Counter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The limits of a label's values, in two generations: when the young one is full it becomes the
/// old one, and limits that nobody asked for since the last time are forgotten.
///
/// Thread-safe.
final class LimitsByValue implements SharedState {
  private static final int LEAST_DISTINCT = 10_000;

  /// The limit of one value.
  static final class Limit {
    private final RateLimit rate;
    private volatile @Nullable Counter dropped;

    private Limit(LimitStage.Arguments arguments) {
      rate = new RateLimit(arguments.rate(), arguments.burst());
    }

    RateLimit rate() {
      return rate;
    }
  }

  private final LimitStage.Arguments arguments;
  private final ComponentMetrics metrics;
  private final int most;
  private final Map<String, Counter> counters = new ConcurrentHashMap<>();
  private volatile Map<String, Limit> young = new ConcurrentHashMap<>();
  private Map<String, Limit> old = Map.of();

  LimitsByValue(LimitStage.Arguments arguments, ComponentMetrics metrics) {
    this.arguments = arguments;
    this.metrics = metrics;
    most = Math.max(LEAST_DISTINCT, arguments.maxDistinctLabels());
  }

  /// The limit of a value.
  Limit of(String value) {
    Limit limit = young.get(value);
    return limit == null ? remember(value) : limit;
  }

  private synchronized Limit remember(String value) {
    Limit limit = young.get(value);
    if (limit != null) {
      return limit;
    }
    limit = old.get(value);
    if (limit == null) {
      limit = new Limit(arguments);
    }
    young.put(value, limit);
    if (young.size() >= most) {
      old = young;
      young = new ConcurrentHashMap<>();
      forgetCounters();
    }
    return limit;
  }

  private void forgetCounters() {
    counters.values().forEach(metrics::remove);
    counters.clear();
    old.values().forEach(limit -> limit.dropped = null);
  }

  /// Counts what a value's limit drops.
  Counter dropped(String value, Limit limit) {
    Counter counter = limit.dropped;
    if (counter == null) {
      counter = counters.computeIfAbsent(value, this::counter);
      limit.dropped = counter;
    }
    return counter;
  }

  private Counter counter(String value) {
    return metrics.counter(
        "loki_process_dropped_lines_by_label_total",
        "A count of all log lines dropped as a result of a pipeline stage",
        "label_name",
        arguments.byLabelName(),
        "label_value",
        value);
  }

  @Override
  public synchronized void close() {
    forgetCounters();
  }
}
