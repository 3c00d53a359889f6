package dev.weir.agent.loki.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.source.kafka.LokiSourceKafka.Arguments;
import dev.weir.agent.relabel.Rules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/// A topic and a group of a test's own, and the components that read it.
final class KafkaSource implements AutoCloseable {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final KafkaBroker broker;
  private final Path storage;
  private final String topic = "topic-" + NUMBER.incrementAndGet();
  private final List<KafkaUnderTest> started = new ArrayList<>();

  /// Waits for what a group settles, which takes seconds even where nothing else runs.
  static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(60));
  }

  /// @param storage of the components
  KafkaSource(KafkaBroker broker, Path storage) {
    this.broker = broker;
    this.storage = storage;
  }

  String topic() {
    return topic;
  }

  String group() {
    return "group-" + topic;
  }

  void createTopic(int partitions) throws Exception {
    broker.createTopic(topic, partitions);
  }

  void send(String... values) throws Exception {
    for (String value : values) {
      broker.send(topic, 0, value);
    }
  }

  /// Arguments to read the topic, and those of `body`.
  Arguments arguments(String body, Receiver receiver, Rules rules) {
    return arguments("PLAINTEXT", topic, body, receiver, rules);
  }

  Arguments arguments(String listener, String topics, String body, Receiver receiver, Rules rules) {
    return KafkaUnderTest.arguments(
        """
        brokers = ["%s"]
        topics = ["%s"]
        group_id = "%s"
        %s
        """
            .formatted(broker.address(listener), topics, group(), body),
        receiver,
        rules);
  }

  KafkaUnderTest start(Arguments arguments) {
    var component = new KafkaUnderTest(storage, arguments);
    started.add(component);
    return component;
  }

  KafkaUnderTest start(String body, Receiver receiver) {
    return start(arguments(body, receiver, Rules.NONE));
  }

  void stop(KafkaUnderTest component) {
    started.remove(component);
    component.close();
  }

  /// The committed offset of a partition, or null.
  @Nullable Long committed(int partition) throws Exception {
    return broker.committed(group(), topic, partition);
  }

  void awaitCommitted(long offset) {
    await().untilAsserted(() -> assertThat(committed(0)).isEqualTo(offset));
  }

  @Override
  public void close() {
    started.forEach(KafkaUnderTest::close);
    started.clear();
  }
}
