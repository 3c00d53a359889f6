package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Labels;
import dev.weir.agent.metrics.UserMetrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// A metric made of entries: one series for each label set, without labels that start with `__`.
///
/// Shared by all lanes; thread-safe. A series that got no value for long enough is shown once more
/// and forgotten.
final class LineMetric implements UserMetrics.Source {
  private final MetricTypes.Metric metric;
  private final double[] bounds;
  private final LongSupplier nanoTime;
  private final Map<Labels, MetricSeries> series = new ConcurrentHashMap<>();

  LineMetric(MetricTypes.Metric metric, LongSupplier nanoTime) {
    this.metric = metric;
    this.nanoTime = nanoTime;
    this.bounds =
        metric instanceof MetricTypes.Histogram histogram
            ? histogram.buckets().stream()
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .toArray()
            : new double[0];
  }

  /// What was configured.
  MetricTypes.Metric metric() {
    return metric;
  }

  /// The series for an entry's labels.
  MetricSeries of(Labels labels) {
    Labels shown = labels.keeping(name -> !name.startsWith("__"));
    return series.computeIfAbsent(shown, key -> new MetricSeries(key, bounds));
  }

  @Override
  public String name() {
    return metric.fullName();
  }

  @Override
  public String help() {
    return metric.description();
  }

  @Override
  public String type() {
    return metric.type();
  }

  @Override
  public void collect(UserMetrics.Samples samples) {
    long now = nanoTime.getAsLong();
    long maxIdle = metric.maxIdleDuration().toNanos();
    boolean histogram = metric instanceof MetricTypes.Histogram;
    series.forEach((labels, one) -> {
      one.collect(samples, histogram);
      if (one.isIdle(now, maxIdle)) {
        one.leave();
        series.remove(labels, one);
      }
    });
  }
}
