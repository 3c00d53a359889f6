package dev.weir.agent.loki.source.kafka;

import static dev.weir.agent.loki.source.kafka.KafkaSource.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.loki.Delivery;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.relabel.Rules;
import dev.weir.agent.testkit.CollectingReceiver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedBroker.class)
final class KafkaGroupTest {
  private static final int PARTITIONS = 4;

  private final CollectingReceiver receiver = new CollectingReceiver();
  private final CollectingReceiver others = new CollectingReceiver();
  private final List<String> sent = new ArrayList<>();
  private final KafkaBroker broker;
  private final KafkaSource kafka;

  KafkaGroupTest(KafkaBroker broker, @TempDir Path storage) {
    this.broker = broker;
    this.kafka = new KafkaSource(broker, storage);
  }

  @AfterEach
  void stop() {
    kafka.close();
  }

  private void send(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      String line = "message " + sent.size();
      broker.send(kafka.topic(), i % PARTITIONS, line);
      sent.add(line);
    }
  }

  private void awaitAll() {
    await()
        .untilAsserted(() -> {
          List<String> seen = new ArrayList<>(receiver.lines());
          seen.addAll(others.lines());
          assertThat(seen).containsExactlyInAnyOrderElementsOf(sent);
        });
  }

  private static void awaitShare(KafkaUnderTest source, int partitions) {
    await().until(() -> source.debugInfo().partitions().size() == partitions);
  }

  @Test
  void sharesPartitionsWithoutLosingOrRepeating() throws Exception {
    kafka.createTopic(PARTITIONS);
    KafkaUnderTest first = kafka.start("", receiver);
    send(40);
    awaitAll();
    KafkaUnderTest second = kafka.start("", others);
    send(40);
    awaitShare(first, 2);
    awaitShare(second, 2);
    send(40);
    awaitAll();
    kafka.stop(first);
    send(40);

    awaitAll();
    assertThat(others.lines()).isNotEmpty();
  }

  @Test
  void staysInTheGroupAndLetsOthersJoinWhileItsReceiverIsFull() throws Exception {
    kafka.createTopic(PARTITIONS);
    send(PARTITIONS);
    var blocked = new CountDownLatch(1);
    Receiver full =
        batch -> {
          blocked.countDown();
          new CountDownLatch(1).await();
        };
    KafkaUnderTest first = kafka.start("", full);
    blocked.await();
    KafkaUnderTest second = kafka.start("", others);
    awaitShare(first, 2);
    awaitShare(second, 2);
    assertThat(broker.members(kafka.group())).isEqualTo(2);
    kafka.stop(first);

    // Nothing of what was stuck counts as delivered.
    awaitAll();
  }

  @Test
  void keepsWhatIsOnItsWayThroughARebalance() throws Exception {
    kafka.createTopic(1);
    broker.send(kafka.topic(), 0, "one");
    receiver.holdDeliveries();
    KafkaUnderTest first = kafka.start("", receiver);
    await().until(() -> receiver.lines().equals(List.of("one")));
    // There is one partition: it goes to either. Whoever joins makes everybody give theirs back.
    KafkaUnderTest second = kafka.start("", others);
    await().until(() -> broker.members(kafka.group()) == 2);
    kafka.stop(second);
    awaitShare(first, 1);
    broker.send(kafka.topic(), 0, "two");
    await().until(() -> receiver.lines().contains("two") || others.lines().contains("two"));
    receiver.confirmAll();

    kafka.awaitCommitted(2);
  }

  @Test
  void commitsAnOffsetOnceAllBeforeItIsDelivered() throws Exception {
    kafka.createTopic(1);
    List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    Receiver holding =
        batch -> {
          batch.delivery().retain();
          deliveries.add(batch.delivery());
        };
    KafkaUnderTest source = kafka.start("", holding);
    for (int i = 0; i < 3; i++) {
      broker.send(kafka.topic(), 0, "message");
      int count = i + 1;
      await().until(() -> deliveries.size() == count);
    }
    deliveries.get(1).release();
    deliveries.get(0).release();
    kafka.awaitCommitted(2);
    deliveries.get(2).release();

    kafka.awaitCommitted(3);
    kafka.stop(source);
  }

  @Test
  void readsAgainFromTheFirstThatWasNotDelivered() throws Exception {
    kafka.createTopic(1);
    var count = new AtomicInteger();
    var lines = new CopyOnWriteArrayList<String>();
    Receiver failing =
        batch -> {
          if (count.incrementAndGet() == 2) {
            throw new IllegalStateException("broken");
          }
          lines.add(batch.get(0).lineText());
        };
    kafka.start("", failing);
    for (int i = 0; i < 3; i++) {
      broker.send(kafka.topic(), 0, "message " + i);
      int calls = i + 1;
      await().until(() -> count.get() >= calls);
    }

    kafka.awaitCommitted(3);
    assertThat(lines).startsWith("message 0", "message 1");
  }

  @Test
  void stopsInTimeWhileItsReceiverIsFull() throws Exception {
    kafka.createTopic(1);
    broker.send(kafka.topic(), 0, "one");
    var blocked = new CountDownLatch(1);
    var freed = new CountDownLatch(1);
    Receiver full =
        batch -> {
          blocked.countDown();
          try {
            new CountDownLatch(1).await();
          } finally {
            freed.countDown();
          }
        };
    KafkaUnderTest source = kafka.start("", full);
    blocked.await();
    kafka.stop(source);

    assertThat(freed.getCount()).isZero();
    assertThat(kafka.committed(0)).isNull();
  }

  @Test
  void takesAnotherGroupInPlace() throws Exception {
    kafka.createTopic(1);
    broker.send(kafka.topic(), 0, "one");
    KafkaUnderTest source = kafka.start("", receiver);
    kafka.awaitCommitted(1);
    var other =
        KafkaUnderTest.arguments(
            """
            brokers = ["%s"]
            topics = ["%s"]
            group_id = "other-%s"
            """
                .formatted(broker.address("PLAINTEXT"), kafka.topic(), kafka.topic()),
            others,
            Rules.NONE);
    source.update(other);

    await().untilAsserted(() -> assertThat(others.lines()).containsExactly("one"));
    assertThat(receiver.lines()).containsExactly("one");
  }
}
