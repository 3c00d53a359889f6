package dev.weir.agent.loki.write;

import dev.weir.agent.loki.wal.WalSettings;
import dev.weir.agent.river.eval.ByteSize;
import dev.weir.agent.river.eval.Default;
import java.time.Duration;

/// The write-ahead log: entries are on disk before their sources may forget them, and every
/// endpoint reads them from there at its own pace.
///
/// @param enabled whether there is one
/// @param maxSegmentAge after which entries are deleted, delivered or not; 0 for no limit
/// @param minReadFrequency accepted and unused: what is written is read at once
/// @param maxReadFrequency accepted and unused
/// @param drainTimeout how long a stopping component hands on what is in the log; the rest stays
///   there for the next start
/// @param maxSize of all segments together; when it is reached, sources wait, unless that would
///   hold up other endpoints for one that is dead: then its oldest entries are dropped
public record WalArguments(
    @Default("false") boolean enabled,
    @Default("\"1h\"") Duration maxSegmentAge,
    @Default("\"250ms\"") Duration minReadFrequency,
    @Default("\"1s\"") Duration maxReadFrequency,
    @Default("\"15s\"") Duration drainTimeout,
    @Default("\"1GiB\"") ByteSize maxSize) {
  private static final long LEAST_SIZE = 1 << 20;

  public WalArguments {
    if (maxSegmentAge.isNegative()) {
      throw new IllegalArgumentException("wal max_segment_age must not be negative");
    }
    if (drainTimeout.isNegative()) {
      throw new IllegalArgumentException("wal drain_timeout must not be negative");
    }
    if (maxSize.bytes() < LEAST_SIZE) {
      throw new IllegalArgumentException("wal max_size must be at least 1MiB");
    }
  }

  WalSettings settings() {
    return new WalSettings(maxSize.bytes(), maxSegmentAge);
  }
}
