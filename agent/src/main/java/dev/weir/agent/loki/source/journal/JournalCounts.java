package dev.weir.agent.loki.source.journal;

import dev.weir.agent.metrics.ComponentMetrics;
import io.micrometer.core.instrument.Counter;

/// What is counted of a journal.
final class JournalCounts {
  private static final String ERRORS = "loki_source_journal_target_parsing_errors_total";
  private static final String ERRORS_HELP =
      "Total number of parsing errors while reading journal messages";

  private final Counter lines;
  private final Counter noMessage;
  private final Counter noLabels;

  JournalCounts(ComponentMetrics metrics) {
    lines =
        metrics.counter(
            "loki_source_journal_target_lines_total",
            "Total number of successful journal lines read");
    noMessage = metrics.counter(ERRORS, ERRORS_HELP, "error", "no_message");
    noLabels = metrics.counter(ERRORS, ERRORS_HELP, "error", "empty_labels");
  }

  void lines(int count) {
    lines.increment(count);
  }

  void noMessage() {
    noMessage.increment();
  }

  void noLabels() {
    noLabels.increment();
  }
}
