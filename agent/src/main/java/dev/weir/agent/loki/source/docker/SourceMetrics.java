package dev.weir.agent.loki.source.docker;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.metrics.ComponentMetrics;
import io.micrometer.core.instrument.Counter;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// What the component counts. Thread-safe.
final class SourceMetrics {
  private final Counter entries;
  private final Counter bytes;
  private final Counter lostBytes;
  private final Counter losses;
  private final Counter parsingErrors;
  private final Counter cutLines;
  private final Counter missed;
  final AtomicInteger files = new AtomicInteger();
  final AtomicInteger streams = new AtomicInteger();
  final AtomicInteger unreadable = new AtomicInteger();
  final AtomicLong lag = new AtomicLong();

  /// Pieces without timestamp, counted where no meter can be afforded.
  final LongAdder unparsable = new LongAdder();

  SourceMetrics(ComponentMetrics metrics) {
    entries =
        metrics.counter(
            "loki_source_docker_target_entries_total",
            "Total number of successful entries sent to the Docker target");
    parsingErrors =
        metrics.counter(
            "loki_source_docker_target_parsing_errors_total",
            "Total number of parsing errors while receiving Docker messages");
    bytes =
        metrics.counter(
            "loki_source_docker_target_scraped_bytes_total",
            "Bytes of log text collected from containers.");
    lostBytes =
        metrics.counter(
            "loki_source_docker_target_lost_bytes_total",
            "Bytes of log files that were deleted or overwritten before they were read.");
    losses =
        metrics.counter(
            "loki_source_docker_target_losses_total",
            "Times that something of a log was, or may have been, deleted or overwritten before it was"
                + " read, also where nobody can tell how many bytes.");
    cutLines =
        metrics.counter(
            "loki_source_docker_target_cut_lines_total",
            "Lines that were longer than the limit and sent in pieces.");
    missed =
        metrics.counter(
            "loki_source_docker_targets_missed_total",
            "Containers that were removed before their log could be opened.");
    active(metrics, "files", files);
    active(metrics, "api", streams);
    metrics.gauge(
        "loki_source_docker_targets_unreadable",
        "Containers whose log cannot be read.",
        unreadable,
        AtomicInteger::get);
    metrics.gauge(
        "loki_source_docker_targets_lag_bytes",
        "Bytes in log files that are not yet confirmed, over all containers.",
        lag,
        AtomicLong::get);
  }

  private static void active(ComponentMetrics metrics, String readFrom, AtomicInteger count) {
    metrics.gauge(
        "loki_source_docker_targets_active",
        "Containers whose log is being read, by where it is read from.",
        count,
        AtomicInteger::get,
        "read_from",
        readFrom);
  }

  /// A receiver that counts what another one has taken.
  Receiver counting(Receiver receiver) {
    return new Receiver() {
      @Override
      public void accept(Batch batch) throws InterruptedException {
        int size = batch.size();
        long length = length(batch);
        receiver.accept(batch);
        entries.increment(size);
        bytes.increment((double) length);
      }

      @Override
      public @Nullable String holdup() {
        return receiver.holdup();
      }
    };
  }

  private static long length(Batch batch) {
    long length = 0;
    for (int i = 0; i < batch.size(); i++) {
      length += batch.get(i).length();
    }
    return length;
  }

  void broken(long records) {
    parsingErrors.increment((double) (records + unparsable.sumThenReset()));
  }

  void cut(long lines) {
    cutLines.increment((double) lines);
  }

  void missed() {
    missed.increment();
  }

  void lost(long count) {
    losses.increment();
    lostBytes.increment((double) count);
  }
}
