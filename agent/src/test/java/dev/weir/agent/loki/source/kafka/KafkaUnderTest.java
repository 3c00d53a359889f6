package dev.weir.agent.loki.source.kafka;

import dev.weir.agent.component.ComponentException;
import dev.weir.agent.component.Health;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.source.kafka.KafkaStatus.DebugInfo;
import dev.weir.agent.loki.source.kafka.LokiSourceKafka.Arguments;
import dev.weir.agent.relabel.Rules;
import dev.weir.agent.testkit.RiverArguments;
import dev.weir.agent.testkit.RunningComponent;
import dev.weir.agent.testkit.TestContext;
import java.nio.file.Path;
import java.time.Duration;

/// A running `loki.source.kafka`.
final class KafkaUnderTest implements AutoCloseable {
  private static final Duration TOPICS_EVERY = Duration.ofMillis(100);

  private final TestContext context;
  private final LokiSourceKafka component;
  private final RunningComponent running;

  KafkaUnderTest(Path storage, Arguments arguments) {
    context = new TestContext("loki.source.kafka.x", storage);
    try {
      component = new LokiSourceKafka(arguments, context, TOPICS_EVERY);
    } catch (ComponentException e) {
      throw new IllegalArgumentException(e);
    }
    running = new RunningComponent(component);
  }

  /// Arguments as a user writes them; `receiver` and `rules` stand for those given.
  static Arguments arguments(String body, Receiver receiver, Rules rules) {
    return RiverArguments.decode(
        "forward_to = [receiver]\nrelabel_rules = rules\n" + body,
        Arguments.class,
        receiver,
        rules);
  }

  void update(Arguments arguments) {
    component.update(arguments);
  }

  String scrape() {
    return context.scrape();
  }

  /// What keeps it from reading, or an empty text.
  String problem() {
    return component.health().map(Health::message).orElse("");
  }

  DebugInfo debugInfo() {
    return (DebugInfo) component.debugInfo().orElseThrow();
  }

  @Override
  public void close() {
    running.close();
  }
}
