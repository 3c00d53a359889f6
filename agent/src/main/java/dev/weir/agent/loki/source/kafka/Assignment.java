package dev.weir.agent.loki.source.kafka;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.loki.Labels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The partitions that the group has given this member.
///
/// Before one is given back, what is on its way may arrive and is committed, so that its next
/// reader begins behind it. What takes longer is remembered: mostly the same partition comes back
/// at once.
///
/// Belongs to the polling thread, which runs the listener too.
final class Assignment implements ConsumerRebalanceListener {
  private static final Duration REVOKE_LIMIT = Duration.ofSeconds(5);
  private static final Duration LOST_LIMIT = Duration.ofSeconds(1);
  private static final Duration ASK_LIMIT = Duration.ofSeconds(5);
  private static final long SETTLE_POLL = TimeUnit.MILLISECONDS.toNanos(5);

  private final ComponentContext context;
  private final Consumer<byte[], byte[]> consumer;
  private final Forwarder forwarder;
  private final KafkaStatus status;
  private final Stamps stamps;
  private final String groupId;
  private final Map<TopicPartition, Partition> partitions = new HashMap<>();
  private final Map<TopicPartition, Partition> unfinished = new HashMap<>();
  private String memberId = "";

  Assignment(
      ComponentContext context,
      Consumer<byte[], byte[]> consumer,
      Forwarder forwarder,
      KafkaStatus status,
      String groupId) {
    this.context = context;
    this.consumer = consumer;
    this.forwarder = forwarder;
    this.status = status;
    this.groupId = groupId;
    this.stamps = new Stamps(context.clock());
  }

  Collection<Partition> partitions() {
    return partitions.values();
  }

  @Nullable Partition get(TopicPartition place) {
    return partitions.get(place);
  }

  String memberId() {
    return memberId;
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> places) {
    memberId = consumer.groupMetadata().memberId();
    for (TopicPartition place : places) {
      partitions.put(place, partition(place));
    }
    unfinished.clear();
    status.rebalanced();
    context
        .log()
        .atInfo()
        .addKeyValue("partitions", places)
        .log("the group has assigned partitions");
  }

  private Partition partition(TopicPartition place) {
    Labels found =
        Labels.of(
            "__meta_kafka_topic",
            place.topic(),
            "__meta_kafka_partition",
            Integer.toString(place.partition()),
            "__meta_kafka_member_id",
            memberId,
            "__meta_kafka_group_id",
            groupId);
    Partition known = unfinished.remove(place);
    if (known != null && isNotBehind(known)) {
      known.foundAgain(found);
      consumer.seek(place, known.progress().begun());
      return known;
    }
    return new Partition(place, found, status, stamps);
  }

  /// Whether nobody else has confirmed more of it meanwhile: what is on its way counts then.
  private boolean isNotBehind(Partition known) {
    try {
      return consumer.position(known.place(), ASK_LIMIT) <= known.progress().confirmed();
    } catch (TimeoutException e) {
      return false;
    }
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> places) {
    giveBack(places, System.nanoTime() + REVOKE_LIMIT.toNanos(), REVOKE_LIMIT);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> places) {
    giveBack(places, System.nanoTime() + LOST_LIMIT.toNanos(), Duration.ZERO);
  }

  /// Gives all of them back.
  ///
  /// @param deadline of `System.nanoTime`, until when what is on its way may arrive
  /// @param commitLimit how long committing may take
  void end(long deadline, Duration commitLimit) {
    giveBack(List.copyOf(partitions.keySet()), deadline, commitLimit);
  }

  /// Forgets them: nothing is done for them any more.
  void forget() {
    partitions.clear();
    unfinished.clear();
  }

  private void giveBack(Collection<TopicPartition> places, long deadline, Duration commitLimit) {
    var leaving = new ArrayList<Partition>();
    for (TopicPartition place : places) {
      Partition partition = partitions.get(place);
      if (partition != null) {
        leaving.add(partition);
      }
    }
    if (leaving.isEmpty()) {
      return;
    }
    try {
      forwarder.withdraw(leaving, deadline);
      awaitSettled(leaving, deadline);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
    if (!commitLimit.isZero()) {
      commit(leaving, commitLimit);
    }
    for (Partition partition : leaving) {
      partitions.remove(partition.place());
      if (!partition.progress().isSettled() || partition.toCommit() >= 0) {
        unfinished.put(partition.place(), partition);
      }
    }
  }

  private void awaitSettled(List<Partition> leaving, long deadline) throws InterruptedException {
    while (!leaving.stream().allMatch(partition -> partition.progress().isSettled())
        && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(this, SETTLE_POLL);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  private void commit(List<Partition> leaving, Duration limit) {
    Map<TopicPartition, OffsetAndMetadata> offsets = offsets(leaving);
    if (offsets.isEmpty()) {
      return;
    }
    try {
      consumer.commitSync(offsets, limit);
      offsets.forEach(this::committed);
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      context
          .log()
          .atWarn()
          .addKeyValue("err", e.getMessage())
          .log("offsets are not committed; what was delivered last will be read again");
    }
  }

  private static Map<TopicPartition, OffsetAndMetadata> offsets(Collection<Partition> some) {
    var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
    for (Partition partition : some) {
      long offset = partition.toCommit();
      if (offset >= 0) {
        offsets.put(partition.place(), new OffsetAndMetadata(offset));
      }
    }
    return offsets;
  }

  /// Commits what is confirmed, without waiting.
  void commitSoon() {
    Map<TopicPartition, OffsetAndMetadata> offsets = offsets(partitions.values());
    if (!offsets.isEmpty()) {
      consumer.commitAsync(
          offsets,
          (places, failure) -> {
            if (failure == null) {
              places.forEach(this::committed);
            }
          });
    }
  }

  private void committed(TopicPartition place, OffsetAndMetadata offset) {
    Partition partition = partitions.get(place);
    if (partition != null) {
      partition.committed(offset.offset());
    }
  }
}
