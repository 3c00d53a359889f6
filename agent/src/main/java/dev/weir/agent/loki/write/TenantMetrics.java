package dev.weir.agent.loki.write;

import dev.weir.agent.metrics.ComponentMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The meters of one endpoint and tenant.
///
/// Thread-safe.
final class TenantMetrics {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double[] SIZE_BUCKETS = {
    1 << 10, 4 << 10, 16 << 10, 64 << 10, 256 << 10, 512 << 10, 1 << 20, 2 << 20, 5 << 20, 10 << 20,
    20 << 20
  };
  private static final double[] LATENCY_BUCKETS = {.1, .5, 1, 5, 10, 30, 60, 120, 300, 600};
  private static final double[] DURATION_BUCKETS = {
    .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10
  };

  private final ComponentMetrics metrics;
  private final String[] labels;
  private final Counter sentEntries;
  private final Counter sentBytes;
  private final Counter retries;
  private final DistributionSummary size;
  private final DistributionSummary latency;
  private final Map<Integer, DistributionSummary> durations = new ConcurrentHashMap<>();
  private final Map<DropReason, Counter> droppedEntries = new ConcurrentHashMap<>();
  private final Map<DropReason, Counter> droppedBytes = new ConcurrentHashMap<>();

  /// @param everyReason whether to show reasons that have not occurred, as Alloy does
  TenantMetrics(ComponentMetrics metrics, String host, String tenant, boolean everyReason) {
    this.metrics = metrics;
    this.labels = new String[] {"host", host, "tenant", tenant};
    sentEntries =
        metrics.counter("loki_write_sent_entries_total", "Entries that Loki has taken.", labels);
    sentBytes =
        metrics.counter(
            "loki_write_sent_bytes_total", "Bytes of pushes that Loki has taken.", labels);
    retries =
        metrics.counter("loki_write_batch_retries_total", "Pushes sent another time.", labels);
    size =
        metrics.histogram(
            "loki_write_request_size_bytes", "Compressed size of pushes.", SIZE_BUCKETS, labels);
    latency =
        metrics.histogram(
            "loki_write_entry_propagation_latency_seconds",
            "Time from the first entry of a push until Loki has taken it.",
            LATENCY_BUCKETS,
            labels);
    if (everyReason) {
      EnumSet.range(DropReason.INGESTER_ERROR, DropReason.QUEUE_IS_FULL)
          .forEach(reason -> dropped(reason, 0, 0));
    }
  }

  private Counter dropped(String name, String what, DropReason reason) {
    return metrics.counter(
        name, what + " given up for good, by reason.", with("reason", reason.text()));
  }

  private String[] with(String name, String value) {
    return new String[] {labels[0], labels[1], labels[2], labels[3], name, value};
  }

  /// @param entries of the part that Loki has taken
  void sent(Push.Part part, int entries, long since) {
    sentEntries.increment(entries);
    sentBytes.increment(part.length());
    latency.record((System.nanoTime() - since) / NANOS_PER_SECOND);
  }

  void dropped(DropReason reason, long entries, long payload) {
    droppedEntries
        .computeIfAbsent(reason, r -> dropped("loki_write_dropped_entries_total", "Entries", r))
        .increment((double) entries);
    droppedBytes
        .computeIfAbsent(reason, r -> dropped("loki_write_dropped_bytes_total", "Bytes", r))
        .increment((double) payload);
  }

  void retried() {
    retries.increment();
  }

  /// One attempt has ended.
  ///
  /// @param status -1 when there was no answer
  void attempted(Push.Part part, int status, long nanos) {
    size.record(part.length());
    durations.computeIfAbsent(status, this::duration).record(nanos / NANOS_PER_SECOND);
  }

  private DistributionSummary duration(int status) {
    return metrics.histogram(
        "loki_write_request_duration_seconds",
        "Time of push requests.",
        DURATION_BUCKETS,
        with("status_code", Integer.toString(status)));
  }
}
