package dev.weir.agent.loki.source.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.component.Health;
import dev.weir.agent.testkit.CollectingReceiver;
import dev.weir.agent.testkit.DockerEngine;
import dev.weir.agent.testkit.EngineProxy;
import dev.weir.agent.testkit.NeedsDocker;
import dev.weir.agent.testkit.TestContainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is collected of containers that started and ended while the agent, or its connection to the
/// Engine, was down. Marks in the lines tell the containers from those of other tests.
@NeedsDocker
class DowntimeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path storage;

  private SourceUnderTest everything(String address, String readFrom) {
    return new SourceUnderTest(
        storage,
        new CollectingReceiver(),
        """
        host       = "%s"
        forward_to = [receiver]
        read_from  = "%s"
        """
            .formatted(address, readFrom));
  }

  private static void awaitState(SourceUnderTest source, Health.State state) {
    await()
        .atMost(PATIENCE)
        .until(() -> source.component.health().map(Health::state).orElse(null) == state);
  }

  private static List<String> marked(SourceUnderTest source, String mark) {
    return source.receiver.lines().stream().filter(line -> line.startsWith(mark)).toList();
  }

  private static String lines(String mark) {
    return "for i in $(seq 500); do echo " + mark + "-$i; done; echo " + mark + "-end";
  }

  private static List<String> expected(String mark) {
    return IntStream.rangeClosed(1, 501)
        .mapToObj(i -> mark + "-" + (i > 500 ? "end" : Integer.toString(i)))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"files", "api"})
  void collectsWhatStartedAndEndedBetweenTwoRuns(String readFrom, DockerEngine docker) {
    docker.runToEnd(TestContainer.running(lines("before")));
    try (var source = everything(docker.address(), readFrom)) {
      awaitState(source, Health.State.HEALTHY);
      docker.runToEnd(TestContainer.running(lines("watched")));
      source.linesUntil("watched-end");
    }
    docker.runToEnd(TestContainer.running(lines("missing")));
    String made = docker.create(TestContainer.running(lines("made")));

    try (var source = everything(docker.address(), readFrom)) {
      source.linesUntil("missing-end");
      docker.client().startContainerCmd(made).exec();
      source.linesUntil("made-end");

      assertThat(marked(source, "missing")).isEqualTo(expected("missing"));
      assertThat(marked(source, "made")).isEqualTo(expected("made"));
      assertThat(marked(source, "before")).isEmpty();
      assertThat(marked(source, "watched")).isEmpty();
    }
    try (var source = everything(docker.address(), readFrom)) {
      docker.runToEnd(TestContainer.running("echo third-run"));
      source.linesUntil("third-run");
      assertThat(marked(source, "missing")).isEmpty();
      assertThat(marked(source, "before")).isEmpty();
    }
  }

  @Test
  void collectsNothingThatEndedBeforeTheFirstRun(DockerEngine docker) throws Exception {
    docker.runToEnd(TestContainer.running(lines("old")));
    try (var source = everything(docker.address(), "auto")) {
      docker.runToEnd(TestContainer.running("echo first-run"));
      source.linesUntil("first-run");
      assertThat(marked(source, "old")).isEmpty();
    }
    assertThat(storage.resolve("loki.source.docker.test/positions.yml")).exists();
  }

  @Test
  void knowsTheFirstRunAlthoughNothingWasReadInIt(DockerEngine docker) throws Exception {
    try (var source = everything(docker.address(), "auto")) {
      awaitState(source, Health.State.HEALTHY);
    }
    assertThat(Files.readString(storage.resolve("loki.source.docker.test/positions.yml")))
        .isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"files", "api"})
  void collectsWhatStartedAndEndedWhileTheEngineWasAway(String readFrom, DockerEngine docker) {
    String again = docker.runToEnd(TestContainer.running(lines("again")));
    try (EngineProxy proxy = new EngineProxy(storage.resolve("docker.sock"), docker.address())) {
      proxy.listen();
      try (var source = everything(proxy.address(), readFrom)) {
        awaitState(source, Health.State.HEALTHY);
        docker.client().startContainerCmd(again).exec();
        docker.await(again);
        source.entries(1002);
        proxy.leave();
        awaitState(source, Health.State.UNHEALTHY);
        docker.runToEnd(TestContainer.running(lines("away")));
        docker.client().startContainerCmd(again).exec();
        docker.await(again);
        proxy.listen();

        source.linesUntil("away-end");
        await().atMost(PATIENCE).until(() -> marked(source, "again").size() >= 1503);
        assertThat(marked(source, "away")).isEqualTo(expected("away"));
        assertThat(marked(source, "again")).hasSize(1503);
      }
    }
  }
}
