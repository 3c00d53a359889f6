package dev.weir.agent.loki.wal;

import dev.weir.agent.metrics.ComponentMetrics;
import io.micrometer.core.instrument.Counter;
import java.time.InstantSource;
import java.util.function.ToDoubleFunction;

/// The meters of reading the log for one outlet. They outlive its feeds.
///
/// Thread-safe.
final class FeedMetrics {
  private static final double MILLIS_PER_SECOND = 1000;

  private final InstantSource clock;
  private final Counter records;
  private final Counter undecodable;
  private final Counter damagedBytes;
  private final Counter unreadable;
  private volatile boolean running;
  private volatile long segment;
  private volatile long replayed;
  private volatile double lastRead;
  private volatile Progress progress;

  FeedMetrics(
      ComponentMetrics metrics, InstantSource clock, String id, Progress first, WalMetrics log) {
    this.clock = clock;
    this.progress = first;
    this.replayed = first.confirmed().segment();
    this.segment = replayed;
    records =
        metrics.counter(
            "loki_write_wal_watcher_records_read_total", "Records read from the log.", "id", id);
    undecodable =
        metrics.counter(
            "loki_write_wal_watcher_record_decode_failures_total",
            "Records that were not understood.",
            "id",
            id);
    damagedBytes =
        metrics.counter(
            "loki_write_wal_damaged_bytes_total",
            "Bytes of the log that were not as they were written, passed over.",
            "id",
            id);
    unreadable =
        metrics.counter(
            "loki_write_wal_read_failures_total", "Failures to read a segment.", "id", id);
    gauge(
        metrics,
        "loki_write_wal_watcher_current_segment",
        "Segment being read.",
        m -> m.segment,
        id);
    gauge(
        metrics,
        "loki_write_wal_watcher_replay_segment",
        "Segment that reading began at.",
        m -> m.replayed,
        id);
    gauge(
        metrics,
        "loki_write_wal_watcher_running",
        "Whether the log is being read.",
        m -> m.running ? 1 : 0,
        id);
    gauge(
        metrics,
        "loki_write_wal_marker_last_marked_segment",
        "Segment up to which everything is delivered.",
        m -> m.progress.confirmed().segment(),
        id);
    gauge(
        metrics,
        "loki_write_last_read_timestamp",
        "When the log was last read.",
        m -> m.lastRead,
        id);
    gauge(
        metrics,
        "loki_write_wal_pending_entries",
        "Entries in the log that are not delivered yet.",
        m -> log.pending(m.progress).entries(),
        id);
    gauge(
        metrics,
        "loki_write_wal_pending_bytes",
        "Bytes of text in the log that are not delivered yet.",
        m -> log.pending(m.progress).text(),
        id);
  }

  private void gauge(
      ComponentMetrics metrics,
      String name,
      String help,
      ToDoubleFunction<FeedMetrics> value,
      String id) {
    metrics.gauge(name, help, this, value, "id", id);
  }

  /// A new feed for the outlet begins.
  void follow(Progress next) {
    progress = next;
  }

  void running(boolean now) {
    running = now;
  }

  void read(long from) {
    records.increment();
    segment = from;
    lastRead = clock.millis() / MILLIS_PER_SECOND;
  }

  void notUnderstood() {
    undecodable.increment();
  }

  void damaged(long bytes) {
    damagedBytes.increment((double) bytes);
  }

  void unreadable() {
    unreadable.increment();
  }
}
