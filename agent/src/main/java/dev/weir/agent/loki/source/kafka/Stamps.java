package dev.weir.agent.loki.source.kafka;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// The times of entries, none twice where they are of our own: Loki takes equal lines of one time
/// for one.
///
/// Not thread-safe: it belongs to the thread that passes entries on.
final class Stamps {
  private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final InstantSource clock;
  private long last = Long.MIN_VALUE;

  Stamps(InstantSource clock) {
    this.clock = clock;
  }

  /// The present.
  long now() {
    Instant now = clock.instant();
    long nanos = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    last = Math.max(nanos, last + 1);
    return last;
  }

  /// The time of a message, or the present when it has none. Kafka's times are milliseconds; the
  /// offset tells messages of one millisecond apart, and is the same when they are read again.
  long of(ConsumerRecord<?, ?> message) {
    long millis = message.timestamp();
    if (millis < 0) {
      return now();
    }
    return TimeUnit.MILLISECONDS.toNanos(millis) + message.offset() % NANOS_PER_MILLI;
  }
}
