package dev.weir.agent.loki.source.gelf;

import dev.weir.agent.metrics.ComponentMetrics;
import io.micrometer.core.instrument.Counter;

/// What the component counts. Thread-safe.
final class GelfMetrics {
  final Counter entries;
  final Counter errors;
  final Counter undelivered;

  GelfMetrics(ComponentMetrics metrics) {
    entries =
        metrics.counter(
            "loki_source_gelf_target_entries_total",
            "Total number of successful entries sent to the gelf target");
    errors =
        metrics.counter(
            "loki_source_gelf_target_parsing_errors_total",
            "Total number of parsing errors while receiving gelf messages");
    undelivered =
        metrics.counter(
            "loki_source_gelf_undelivered_entries_total",
            "Total number of entries that receivers gave up; GELF cannot send them again.");
  }
}
