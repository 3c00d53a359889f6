package dev.weir.agent.loki.source.kafka;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Delivery;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Fanout;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.Lane;
import dev.weir.agent.loki.source.kafka.KafkaStatus.PartitionInfo;
import dev.weir.agent.loki.source.kafka.LokiSourceKafka.Arguments;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// A partition that this member reads: its lane, and how far it is delivered.
///
/// The polling thread asks and seeks, the thread of [Forwarder] passes on and closes the lane.
final class Partition {
  private static final byte[] NO_BYTES = {};
  private static final long FIRST_RETRY = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long LONGEST_RETRY = TimeUnit.SECONDS.toNanos(30);

  private final TopicPartition place;
  private final KafkaStatus status;
  private final Stamps stamps;
  private final Progress progress = new Progress();
  private volatile Labels found;
  private volatile Map<String, String> shownLabels = Map.of();
  private @Nullable Lane lane;
  private @Nullable Batch batch;
  private @Nullable MessageLabels labels;
  private long committed = -1;
  private long retryAt;
  private long retryDelay = FIRST_RETRY;
  private boolean retrying;

  /// @param found what is known of it, `__meta_kafka_...`
  Partition(TopicPartition place, Labels found, KafkaStatus status, Stamps stamps) {
    this.place = place;
    this.found = found;
    this.status = status;
    this.stamps = stamps;
  }

  TopicPartition place() {
    return place;
  }

  Progress progress() {
    return progress;
  }

  /// Takes it over into another generation of the group, from the polling thread. Its lane was
  /// closed before.
  void foundAgain(Labels nowFound) {
    found = nowFound;
  }

  /// Passes messages on, unless earlier ones have failed: they will all be read again.
  void forward(List<ConsumerRecord<byte[], byte[]>> messages, Arguments arguments)
      throws InterruptedException {
    if (progress.hasFailed()) {
      return;
    }
    Batch filled = filled(messages, arguments);
    Delivery.Listener sent =
        progress.begin(messages.getFirst().offset(), messages.getLast().offset() + 1);
    status.dropped(messages.size() - filled.size());
    if (filled.isEmpty()) {
      sent.completed(true);
      return;
    }
    var delivery = new Delivery(sent);
    filled.delivery(delivery);
    boolean taken = false;
    try {
      Fanout.to(arguments.forwardTo()).accept(filled);
      taken = true;
    } finally {
      end(delivery, taken);
    }
    status.passedOn(filled.size());
  }

  private static void end(Delivery delivery, boolean taken) {
    if (taken) {
      delivery.release();
    } else {
      delivery.fail();
    }
  }

  private Batch filled(List<ConsumerRecord<byte[], byte[]>> messages, Arguments arguments) {
    Batch filling = openBatch();
    MessageLabels known = labelsFor(arguments);
    filling.clear();
    for (ConsumerRecord<byte[], byte[]> message : messages) {
      Optional<Labels> kept = known.of(message);
      if (kept.isPresent()) {
        Entry entry = filling.add();
        byte[] text = message.value() == null ? NO_BYTES : message.value();
        entry.line(text, 0, text.length);
        entry.labels(kept.get());
        entry.timestamp(arguments.useIncomingTimestamp() ? stamps.of(message) : stamps.now());
      }
    }
    return filling;
  }

  private Batch openBatch() {
    Batch known = batch;
    if (known == null) {
      var opened = new Lane(place.toString());
      lane = opened;
      known = new Batch(opened);
      batch = known;
    }
    return known;
  }

  private MessageLabels labelsFor(Arguments arguments) {
    MessageLabels known = labels;
    if (known == null || !known.areOf(found, arguments)) {
      known = new MessageLabels(found, arguments);
      labels = known;
      shownLabels = known.ofAll().map(Labels::toMap).orElse(Map.of());
    }
    return known;
  }

  /// Lets go of what stages hold of it: this or another member reads on, from what is confirmed.
  void closeLane() {
    Lane open = lane;
    lane = null;
    batch = null;
    labels = null;
    if (open != null) {
      open.close(Lane.Ending.TO_BE_CONTINUED);
    }
  }

  /// The offset to commit, or -1 when there is nothing new.
  long toCommit() {
    long confirmed = progress.confirmed();
    if (confirmed > committed && !retrying) {
      retryDelay = FIRST_RETRY;
    }
    return progress.hasMoved() && confirmed > committed ? confirmed : -1;
  }

  void committed(long offset) {
    committed = Math.max(committed, offset);
  }

  /// Whether it is time to read again what failed: nothing is on its way, and some time has passed.
  boolean mayRewind() {
    long now = System.nanoTime();
    if (!retrying) {
      retrying = true;
      retryAt = now + retryDelay;
      retryDelay = Math.min(2 * retryDelay, LONGEST_RETRY);
    }
    return now - retryAt >= 0 && progress.isSettled();
  }

  /// Forgets what failed.
  ///
  /// @return the offset to read from
  long rewind() {
    retrying = false;
    return progress.rewind();
  }

  /// What is shown of it.
  ///
  /// @param lag -1 while it is not known
  PartitionInfo info(long lag) {
    return new PartitionInfo(
        place.topic(), place.partition(), shownLabels, progress.confirmed(), lag);
  }
}
