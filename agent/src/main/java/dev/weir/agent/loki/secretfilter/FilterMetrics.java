package dev.weir.agent.loki.secretfilter;

import dev.weir.agent.metrics.ComponentMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;

/// What the component counts. Thread-safe.
final class FilterMetrics {
  final Counter bypassed;
  final Counter timedOut;
  final Counter dropped;
  final DistributionSummary duration;

  private static final double[] SECONDS = {.0001, .001, .01, .1, 1};

  private final ComponentMetrics metrics;
  private final Counter redacted;

  FilterMetrics(ComponentMetrics metrics) {
    this.metrics = metrics;
    redacted =
        counter("secrets_redacted_total", "Total number of secrets that have been redacted.");
    bypassed =
        counter(
            "entries_bypassed_total",
            "Total number of entries forwarded without processing due to sampling.");
    timedOut =
        counter(
            "lines_timed_out_total",
            "Total number of log lines that exceeded the processing timeout.");
    dropped =
        counter(
            "lines_dropped_total", "Total number of log lines dropped due to processing timeout.");
    duration =
        metrics.histogram(
            "loki_secretfilter_processing_duration_seconds",
            "Time taken to process and redact the entries of a batch, in seconds.",
            SECONDS);
  }

  private Counter counter(String name, String help) {
    return metrics.counter("loki_secretfilter_" + name, help);
  }

  void redacted(String rule, String origin) {
    redacted.increment();
    metrics
        .counter(
            "loki_secretfilter_secrets_redacted_by_category_total",
            "Number of secrets redacted, partitioned by rule name and origin label value.",
            "rule",
            rule,
            "origin",
            origin)
        .increment();
  }
}
