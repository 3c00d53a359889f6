package dev.weir.agent.loki.source.syslog;

import dev.weir.agent.metrics.ComponentMetrics;
import io.micrometer.core.instrument.Counter;

/// What the component counts. Thread-safe.
final class SyslogMetrics {
  final Counter entries;
  final Counter parsingErrors;
  final Counter emptyMessages;
  final Counter undelivered;

  SyslogMetrics(ComponentMetrics metrics) {
    entries =
        metrics.counter(
            "loki_source_syslog_entries_total",
            "Total number of successful entries sent to the syslog target");
    parsingErrors =
        metrics.counter(
            "loki_source_syslog_parsing_errors_total",
            "Total number of parsing errors while receiving syslog messages");
    emptyMessages =
        metrics.counter(
            "loki_source_syslog_empty_messages_total",
            "Total number of empty messages received from syslog");
    undelivered =
        metrics.counter(
            "loki_source_syslog_undelivered_entries_total",
            "Total number of entries that receivers gave up; syslog cannot send them again.");
  }
}
