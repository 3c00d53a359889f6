package dev.weir.agent.loki.source.docker;

import static org.awaitility.Awaitility.await;

import dev.weir.agent.component.ComponentException;
import dev.weir.agent.loki.source.docker.LokiSourceDocker.Arguments;
import dev.weir.agent.testkit.CollectingReceiver;
import dev.weir.agent.testkit.DockerEngine;
import dev.weir.agent.testkit.RiverArguments;
import dev.weir.agent.testkit.RunningComponent;
import dev.weir.agent.testkit.SeenEntry;
import dev.weir.agent.testkit.TestContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A running `loki.source.docker` and what it has collected.
final class SourceUnderTest implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  final CollectingReceiver receiver;
  final TestContext context;
  final LokiSourceDocker component;
  private final RunningComponent running;

  SourceUnderTest(Path storage, CollectingReceiver receiver, String body) {
    this.receiver = receiver;
    this.context = new TestContext("loki.source.docker.test", storage);
    try {
      this.component =
          new LokiSourceDocker(RiverArguments.decode(body, Arguments.class, receiver), context);
    } catch (ComponentException e) {
      throw new IllegalArgumentException(e);
    }
    this.running = new RunningComponent(component);
  }

  /// Collects one container.
  static SourceUnderTest of(
      Path storage, DockerEngine docker, String containerId, String... moreArguments) {
    return new SourceUnderTest(
        storage, new CollectingReceiver(), body(docker, containerId, moreArguments));
  }

  /// Arguments for one container.
  static String body(DockerEngine docker, String containerId, String... moreArguments) {
    return """
    host       = "%s"
    targets    = [{"__meta_docker_container_id" = "%s"}]
    labels     = {job = "docker"}
    forward_to = [receiver]
    """
            .formatted(docker.address(), containerId)
        + String.join("\n", moreArguments);
  }

  void update(String body) throws ComponentException {
    component.update(RiverArguments.decode(body, Arguments.class, receiver));
  }

  /// Waits until that many entries have come.
  List<SeenEntry> entries(int count) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> receiver.entries().size() >= count);
    return receiver.entries();
  }

  /// Waits for the last line of a container.
  List<String> linesUntil(String last) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> receiver.lines().contains(last));
    return receiver.lines();
  }

  @Override
  public void close() {
    running.close();
  }
}
