package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Labels;
import dev.weir.agent.metrics.UserMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/// The values of one metric for one label set. Thread-safe, without locks.
final class MetricSeries {
  private final List<String> labels;
  private final double[] bounds;
  private final LongAdder[] buckets;
  private final DoubleAdder sum = new DoubleAdder();
  private volatile long seenNanos;
  private volatile boolean gone;

  /// @param bounds of a histogram's buckets; none for other kinds
  MetricSeries(Labels labels, double[] bounds) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      pairs.add(labels.name(i));
      pairs.add(labels.value(i));
    }
    this.labels = List.copyOf(pairs);
    this.bounds = bounds;
    this.buckets = new LongAdder[bounds.length + 1];
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] = new LongAdder();
    }
  }

  void add(double value, long nowNanos) {
    sum.add(value);
    seenNanos = nowNanos;
  }

  /// Sets a gauge. Of two lanes that set it at one time, one wins.
  void set(double value, long nowNanos) {
    synchronized (sum) {
      sum.reset();
      sum.add(value);
    }
    seenNanos = nowNanos;
  }

  void observe(double value, long nowNanos) {
    int bucket = 0;
    while (bucket < bounds.length && value > bounds[bucket]) {
      bucket++;
    }
    buckets[bucket].increment();
    add(value, nowNanos);
  }

  /// Whether nothing was recorded for so long.
  boolean isIdle(long nowNanos, long maxIdleNanos) {
    return nowNanos - seenNanos >= maxIdleNanos;
  }

  /// Whether it is no longer shown, and another must be asked for.
  boolean isGone() {
    return gone;
  }

  void leave() {
    gone = true;
  }

  void collect(UserMetrics.Samples samples, boolean histogram) {
    if (!histogram) {
      samples.add("", labels, sum.sum());
      return;
    }
    long count = 0;
    for (int i = 0; i < buckets.length; i++) {
      count += buckets[i].sum();
      List<String> withBound = new ArrayList<>(labels);
      withBound.add("le");
      withBound.add(i < bounds.length ? bound(bounds[i]) : "+Inf");
      samples.add("_bucket", withBound, (double) count);
    }
    samples.add("_sum", labels, sum.sum());
    samples.add("_count", labels, (double) count);
  }

  private static String bound(double bound) {
    return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
  }
}
