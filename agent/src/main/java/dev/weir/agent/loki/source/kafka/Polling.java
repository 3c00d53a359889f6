package dev.weir.agent.loki.source.kafka;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.loki.source.kafka.KafkaStatus.DebugInfo;
import dev.weir.agent.loki.source.kafka.KafkaStatus.PartitionInfo;
import dev.weir.agent.loki.source.kafka.LokiSourceKafka.Arguments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/// One consumer, from its first connection to its last commit.
///
/// It is polled all the time. While receivers are full its partitions are paused: then polling
/// fetches nothing, but takes part in the group.
///
/// Belongs to the polling thread.
final class Polling implements AutoCloseable {
  private static final Duration IDLE_POLL = Duration.ofMillis(250);
  private static final Duration BUSY_POLL = Duration.ofMillis(50);
  private static final long BUSY_WAIT = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long COMMIT_EVERY = TimeUnit.SECONDS.toNanos(1);
  private static final Duration LIST_LIMIT = Duration.ofSeconds(10);
  private static final Duration LIST_AGAIN = Duration.ofSeconds(5);
  private static final Duration LAST_COMMIT_LIMIT = Duration.ofMillis(750);
  private static final Duration CLOSE_LIMIT = Duration.ofMillis(750);

  private final ComponentContext context;
  private final Supplier<Arguments> arguments;
  private final Arguments opened;
  private final KafkaStatus status;
  private final Duration topicsEvery;
  private final Consumer<byte[], byte[]> consumer;
  private final Forwarder forwarder;
  private final Assignment assignment;
  private Topics topics;
  private Set<String> subscribed = Set.of();
  private long listAt = System.nanoTime();
  private long tidyAt = System.nanoTime();

  /// @param opened the arguments that the consumer was made of
  /// @param arguments the present ones
  /// @param consumer closed with it
  Polling(
      ComponentContext context,
      Arguments opened,
      Supplier<Arguments> arguments,
      KafkaStatus status,
      Duration topicsEvery,
      Consumer<byte[], byte[]> consumer) {
    this.context = context;
    this.arguments = arguments;
    this.opened = opened;
    this.status = status;
    this.topicsEvery = topicsEvery;
    this.consumer = consumer;
    this.topics = new Topics(opened.topics());
    this.forwarder = new Forwarder(context, arguments);
    this.assignment = new Assignment(context, consumer, forwarder, status, opened.groupId());
  }

  /// Reads until the arguments want another consumer.
  ///
  /// @throws KafkaException when this one is of no more use
  void run() throws InterruptedException {
    while (opened.connectsLike(arguments.get())) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      subscribe();
      if (subscribed.isEmpty()) {
        LockSupport.parkNanos(this, IDLE_POLL.toNanos());
      } else {
        submit(poll());
      }
      tidy();
    }
  }

  private void subscribe() {
    List<String> wanted = arguments.get().topics();
    if (!topics.areOf(wanted)) {
      topics = new Topics(wanted);
      listAt = System.nanoTime();
    }
    if (System.nanoTime() - listAt < 0) {
      return;
    }
    Duration next = topicsEvery;
    try {
      Set<String> there = topics.among(consumer.listTopics(LIST_LIMIT).keySet());
      status.problem(there.isEmpty() ? "none of the topics exists" : null);
      subscribe(there);
    } catch (TimeoutException e) {
      status.problem("brokers do not answer: " + e.getMessage());
      next = topicsEvery.compareTo(LIST_AGAIN) < 0 ? topicsEvery : LIST_AGAIN;
    }
    listAt = System.nanoTime() + next.toNanos();
  }

  private void subscribe(Set<String> there) {
    if (there.equals(subscribed)) {
      return;
    }
    context.log().atInfo().addKeyValue("topics", there).log("topics are read");
    if (there.isEmpty()) {
      consumer.unsubscribe();
    } else {
      consumer.subscribe(there, assignment);
    }
    subscribed = there;
  }

  private ConsumerRecords<byte[], byte[]> poll() throws InterruptedException {
    if (!forwarder.awaitIdle(BUSY_WAIT)) {
      consumer.pause(consumer.assignment());
      return consumer.poll(BUSY_POLL);
    }
    resume();
    return consumer.poll(IDLE_POLL);
  }

  /// Lets all partitions be fetched but those where something failed. Those are read again from
  /// what is confirmed, once nothing is on its way.
  private void resume() {
    for (Partition partition : assignment.partitions()) {
      Set<TopicPartition> place = Set.of(partition.place());
      boolean failed = partition.progress().hasFailed();
      if (failed && partition.mayRewind()) {
        consumer.seek(partition.place(), partition.rewind());
        status.rewound();
        failed = false;
      }
      if (failed) {
        consumer.pause(place);
      } else {
        consumer.resume(place);
      }
    }
  }

  private void submit(ConsumerRecords<byte[], byte[]> messages) {
    for (TopicPartition place : messages.partitions()) {
      Partition partition = assignment.get(place);
      if (partition != null) {
        forwarder.submit(partition, messages.records(place));
      }
    }
  }

  private void tidy() {
    if (System.nanoTime() - tidyAt < 0) {
      return;
    }
    tidyAt = System.nanoTime() + COMMIT_EVERY;
    assignment.commitSoon();
    var shown = new ArrayList<PartitionInfo>();
    for (Partition partition : assignment.partitions()) {
      shown.add(partition.info(consumer.currentLag(partition.place()).orElse(-1)));
    }
    status.show(new DebugInfo(assignment.memberId(), shown));
  }

  /// Waits for what is on its way, commits what arrived, and leaves the group.
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    long deadline = System.nanoTime() + context.agent().drainTimeout().toNanos();
    try {
      assignment.end(deadline, LAST_COMMIT_LIMIT);
    } catch (InterruptException e) {
      // Told to hurry: what is on its way is read again.
      interrupted |= Thread.interrupted();
    }
    // Closing the consumer tells of partitions that are given back.
    assignment.forget();
    forwarder.close();
    try {
      consumer.close(CloseOptions.timeout(CLOSE_LIMIT));
    } catch (KafkaException e) {
      interrupted |= Thread.interrupted();
      context.log().atDebug().addKeyValue("err", e.getMessage()).log("consumer not closed well");
    }
    status.showNothing();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
