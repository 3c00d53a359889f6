package dev.weir.agent.loki.source.kafka;

import static dev.weir.agent.loki.source.kafka.KafkaSource.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.source.kafka.KafkaStatus.PartitionInfo;
import dev.weir.agent.relabel.Action;
import dev.weir.agent.relabel.AnchoredRegex;
import dev.weir.agent.relabel.Rule;
import dev.weir.agent.relabel.Rules;
import dev.weir.agent.testkit.CollectingReceiver;
import dev.weir.agent.testkit.SeenEntry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedBroker.class)
final class LokiSourceKafkaTest {
  private final CollectingReceiver receiver = new CollectingReceiver();
  private final KafkaBroker broker;
  private final KafkaSource kafka;
  private final String topic;

  LokiSourceKafkaTest(KafkaBroker broker, @TempDir Path storage) {
    this.broker = broker;
    this.kafka = new KafkaSource(broker, storage);
    this.topic = kafka.topic();
  }

  @AfterEach
  void stop() {
    kafka.close();
  }

  private KafkaUnderTest start(String body, Rule... rules) {
    return kafka.start(kafka.arguments(body, receiver, new Rules(List.of(rules))));
  }

  private void awaitLines(String... lines) {
    await().untilAsserted(() -> assertThat(receiver.lines()).containsExactly(lines));
  }

  private static Rule copy(String source, String target) {
    return Rule.of(Action.REPLACE, target, "__meta_kafka_" + source);
  }

  @Test
  void readsWhatIsThereAndWhatComes() throws Exception {
    kafka.createTopic(1);
    kafka.send("one");
    KafkaUnderTest source = start("labels = {job = \"orders\"}");
    awaitLines("one");
    kafka.send("two");
    awaitLines("one", "two");

    assertThat(receiver.entries().getFirst().labels()).isEqualTo(Map.of("job", "orders"));
    assertThat(source.scrape())
        .containsPattern("loki_source_kafka_messages_total\\{[^}]*} 2.0")
        .containsPattern("loki_source_kafka_assigned_partitions\\{[^}]*} 1.0");
    kafka.awaitCommitted(2);
    await()
        .untilAsserted(() ->
            assertThat(source.debugInfo().partitions())
                .containsExactly(new PartitionInfo(topic, 0, Map.of("job", "orders"), 2, 0)));
  }

  @Test
  void makesLabelsOfWhatKafkaKnows() throws Exception {
    kafka.createTopic(1);
    broker.send(
        new ProducerRecord<>(
            topic, 0, null, "k1".getBytes(StandardCharsets.UTF_8), new byte[] {'a'}));
    broker.send(topic, 0, "b");
    Rule[] rules = {
      copy("topic", "topic"),
      copy("partition", "partition"),
      copy("group_id", "group"),
      copy("member_id", "member"),
      copy("message_key", "key"),
      copy("message_offset", "offset")
    };
    start("labels = {job = \"x\"}", rules);
    awaitLines("a", "b");

    Map<String, String> first = receiver.entries().get(0).labels();
    assertThat(first)
        .containsEntry("topic", topic)
        .containsEntry("partition", "0")
        .containsEntry("group", kafka.group())
        .containsEntry("key", "k1")
        .containsEntry("offset", "0")
        .containsEntry("job", "x")
        .hasSize(7);
    assertThat(first.get("member")).startsWith("weir-");
    assertThat(receiver.entries().get(1).labels())
        .containsEntry("key", "none")
        .containsEntry("offset", "1");
  }

  @Test
  void dropsWhatRulesDropAndCountsIt() throws Exception {
    kafka.createTopic(1);
    for (String key : List.of("good", "bad", "good")) {
      byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
      broker.send(new ProducerRecord<>(topic, 0, null, bytes, bytes));
    }
    var drop =
        new Rule(
            List.of("__meta_kafka_message_key"),
            ";",
            AnchoredRegex.parse("bad"),
            0,
            "",
            "$1",
            Action.DROP);
    KafkaUnderTest source = start("labels = {job = \"x\"}", drop);
    awaitLines("good", "good");
    kafka.awaitCommitted(3);

    assertThat(source.scrape())
        .containsPattern("loki_source_kafka_dropped_messages_total\\{[^}]*} 1.0");
  }

  @Test
  void goesOnBehindWhatWasDelivered() throws Exception {
    kafka.createTopic(1);
    kafka.send("one");
    KafkaUnderTest first = start("");
    awaitLines("one");
    kafka.stop(first);
    kafka.send("two");
    start("");

    awaitLines("one", "two");
  }

  @Test
  void commitsNothingThatIsNotDelivered() throws Exception {
    kafka.createTopic(1);
    kafka.send("one");
    awaitPassedOnButHeld();
    assertThat(kafka.committed(0)).isNull();
    receiver.confirmAll();

    kafka.awaitCommitted(1);
  }

  private void awaitPassedOnButHeld() {
    receiver.holdDeliveries();
    KafkaUnderTest source = start("");
    awaitLines("one");
    // It has had a turn at committing since: what it shows is made then.
    await()
        .until(() ->
            source.debugInfo().partitions().stream()
                .anyMatch(partition -> partition.confirmedOffset() == 0));
  }

  @Test
  void readsAgainWhatWasNotDelivered() throws Exception {
    kafka.createTopic(1);
    kafka.send("one");
    receiver.holdDeliveries();
    KafkaUnderTest source = start("");
    awaitLines("one");
    receiver.failAll();
    awaitLines("one", "one");
    receiver.confirmAll();

    kafka.awaitCommitted(1);
    assertThat(source.scrape()).containsPattern("loki_source_kafka_rewinds_total\\{[^}]*} 1.0");
  }

  @Test
  void readsTopicsThatMatchAlsoThoseThatComeLater() throws Exception {
    kafka.createTopic(1);
    broker.createTopic(topic + "-other", 1);
    broker.send(topic + "-other", 0, "not wanted");
    kafka.send("one");
    String topics = "^" + topic + "(-extra)?$";
    kafka.start(kafka.arguments("PLAINTEXT", topics, "", receiver, Rules.NONE));
    awaitLines("one");
    broker.createTopic(topic + "-extra", 1);
    broker.send(topic + "-extra", 0, "two");

    awaitLines("one", "two");
  }

  @Test
  void waitsForATopicThatDoesNotExistYet() throws Exception {
    KafkaUnderTest source = start("");
    await().until(() -> source.problem().equals("none of the topics exists"));
    kafka.createTopic(1);
    kafka.send("one");

    awaitLines("one");
    assertThat(source.problem()).isEmpty();
  }

  @Test
  void leavesBytesAsTheyAre() throws Exception {
    kafka.createTopic(1);
    byte[] text = {'a', (byte) 0xff, 0, (byte) 0xc3, 'b'};
    List<byte[]> seen = new ArrayList<>();
    broker.send(new ProducerRecord<>(topic, 0, null, new byte[] {(byte) 0xfe}, text));
    broker.send(new ProducerRecord<byte[], byte[]>(topic, 0, (Long) null, null, null));
    Receiver copying =
        batch -> {
          synchronized (seen) {
            for (int i = 0; i < batch.size(); i++) {
              byte[] all = batch.get(i).buffer();
              int from = batch.get(i).offset();
              seen.add(java.util.Arrays.copyOfRange(all, from, from + batch.get(i).length()));
            }
          }
        };
    kafka.start(kafka.arguments("", copying, new Rules(List.of(copy("message_key", "key")))));

    await()
        .untilAsserted(() -> {
          synchronized (seen) {
            assertThat(seen).containsExactly(text, new byte[0]);
          }
        });
  }

  @Test
  void givesMessagesTheirOwnTimeAndTellsEqualOnesApart() throws Exception {
    kafka.createTopic(1);
    byte[] same = {'x'};
    long millis = 1_700_000_000_123L;
    broker.send(new ProducerRecord<>(topic, 0, millis, null, same));
    broker.send(new ProducerRecord<>(topic, 0, millis, null, same));
    start("use_incoming_timestamp = true");
    awaitLines("x", "x");

    assertThat(receiver.entries().stream().map(SeenEntry::timestamp))
        .containsExactly(millis * 1_000_000, millis * 1_000_000 + 1);
  }

  @Test
  void givesEqualMessagesDifferentTimesOfReading() throws Exception {
    kafka.createTopic(1);
    broker.sendCompressed("none", topic, List.of("x", "x", "x", "x"));
    start("");
    awaitLines("x", "x", "x", "x");

    assertThat(receiver.entries().stream().map(SeenEntry::timestamp)).doesNotHaveDuplicates();
    assertThat(receiver.entries().getFirst().timestamp())
        .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(1_700_000_000_000L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "snappy", "lz4", "zstd"})
  void readsEveryCompression(String compression) throws Exception {
    kafka.createTopic(1);
    List<String> values =
        IntStream.range(0, 100).mapToObj(i -> "message " + i + " " + "a".repeat(i)).toList();
    broker.sendCompressed(compression, topic, values);
    start("");

    awaitLines(values.toArray(String[]::new));
  }

  @Test
  void takesNewLabelsInPlace() throws Exception {
    kafka.createTopic(1);
    kafka.send("one");
    KafkaUnderTest source = start("labels = {v = \"1\"}");
    awaitLines("one");
    source.update(kafka.arguments("labels = {v = \"2\"}", receiver, Rules.NONE));
    kafka.send("two");
    awaitLines("one", "two");

    assertThat(receiver.entries().getLast().labels()).isEqualTo(Map.of("v", "2"));
    assertThat(source.scrape()).containsPattern("loki_source_kafka_rebalances_total\\{[^}]*} 1.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"roundrobin", "sticky"})
  void knowsEveryAssignor(String assignor) throws Exception {
    kafka.createTopic(2);
    broker.send(topic, 1, "one");
    start("assignor = \"" + assignor + "\"");

    awaitLines("one");
  }
}
