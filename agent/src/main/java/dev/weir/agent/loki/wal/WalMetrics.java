package dev.weir.agent.loki.wal;

import dev.weir.agent.metrics.ComponentMetrics;
import dev.weir.agent.metrics.PlainCounter;
import io.micrometer.core.instrument.Counter;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The meters of a component's log. They outlive it: one that is switched off may come again.
///
/// Thread-safe.
public final class WalMetrics {
  private static final double MILLIS_PER_SECOND = 1000;

  private final PlainCounter reclaimed;
  private final Counter failures;
  private final Counter abandoned;
  private final ComponentMetrics metrics;
  private final InstantSource clock;
  private final Map<String, FeedMetrics> feeds = new ConcurrentHashMap<>();
  private volatile @Nullable Wal wal;
  private volatile long lastReclaimed;
  private volatile double lastWritten;

  public WalMetrics(ComponentMetrics metrics, InstantSource clock) {
    this.metrics = metrics;
    this.clock = clock;
    reclaimed =
        metrics.plainCounter(
            "loki_write_wal_writer_reclaimed_space", "Bytes of segments that were deleted.");
    metrics.gauge(
        "loki_write_wal_writer_last_reclaimed_segment",
        "Segment that was last deleted.",
        this,
        m -> m.lastReclaimed);
    metrics.gauge(
        "loki_write_wal_writer_last_written_timestamp",
        "When was last written.",
        this,
        m -> m.lastWritten);
    failures =
        metrics.counter("loki_write_wal_write_failures_total", "Failures to write to the log.");
    abandoned =
        metrics.counter(
            "loki_write_wal_abandoned_entries_total",
            "Entries that were left for endpoints that are no longer configured.");
    metrics.gauge("loki_write_wal_size_bytes", "Size of the log on disk.", this, WalMetrics::bytes);
    metrics.gauge(
        "loki_write_wal_full",
        "Whether sources wait because the log is full or cannot be written.",
        this,
        WalMetrics::blocked);
  }

  private double bytes() {
    Wal current = wal;
    return current == null ? 0 : current.bytes();
  }

  private double blocked() {
    Wal current = wal;
    return current != null && current.isBlocked() ? 1 : 0;
  }

  /// Tells of this log from now on.
  void follow(Wal next) {
    wal = next;
  }

  FeedMetrics feed(String id, Progress progress) {
    FeedMetrics feed =
        feeds.computeIfAbsent(id, key -> new FeedMetrics(metrics, clock, key, progress, this));
    feed.follow(progress);
    return feed;
  }

  Gap pending(Progress progress) {
    Wal current = wal;
    return current == null ? Gap.NONE : current.pending(progress);
  }

  void reclaimed(Segment segment) {
    reclaimed.add(segment.bytes());
    lastReclaimed = segment.number();
  }

  void written(long millis) {
    lastWritten = millis / MILLIS_PER_SECOND;
  }

  void failed() {
    failures.increment();
  }

  void abandoned(long entries) {
    abandoned.increment((double) entries);
  }
}
