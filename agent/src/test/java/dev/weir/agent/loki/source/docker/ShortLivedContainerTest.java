package dev.weir.agent.loki.source.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.component.Health;
import dev.weir.agent.testkit.CollectingReceiver;
import dev.weir.agent.testkit.DockerEngine;
import dev.weir.agent.testkit.EngineProxy;
import dev.weir.agent.testkit.NeedsDocker;
import dev.weir.agent.testkit.SeenEntry;
import dev.weir.agent.testkit.TestContainer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Containers that are gone with their logs before an Engine has answered what they were.
@NeedsDocker
class ShortLivedContainerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int COUNT = 8;

  @TempDir Path storage;

  private SourceUnderTest healthy(String address, String readFrom) {
    var source =
        new SourceUnderTest(
            storage,
            new CollectingReceiver(),
            """
            host       = "%s"
            labels     = { job = "docker" }
            forward_to = [receiver]
            read_from  = "%s"
            """
                .formatted(address, readFrom));
    await()
        .atMost(PATIENCE)
        .until(() ->
            source.component.health().map(Health::state).orElse(null) == Health.State.HEALTHY);
    return source;
  }

  /// Over the API a container can be missed: it is gone when the request arrives. Then it is
  /// counted.
  @ParameterizedTest
  @ValueSource(strings = {"files", "api"})
  void collectsContainersThatAreRemovedAtOnce(String readFrom, DockerEngine docker) {
    try (var source = healthy(docker.address(), readFrom)) {
      for (int i = 0; i < COUNT; i++) {
        docker.start(
            TestContainer.running("seq 1000; echo last-" + i).removed().label("short", "yes"));
      }
      await().atMost(PATIENCE).until(() -> ended(source) + missed(source) == COUNT);

      assertThat(source.receiver.entries().stream().filter(ShortLivedContainerTest::isShort))
          .hasSize((COUNT - missed(source)) * 1001);
      if (readFrom.equals("files")) {
        assertThat(missed(source)).isZero();
      }
    }
  }

  private static boolean isShort(SeenEntry entry) {
    return "yes".equals(entry.origin().get("container_label_short"));
  }

  private static int ended(SourceUnderTest source) {
    List<String> lines = source.receiver.lines();
    return (int) IntStream.range(0, COUNT).filter(i -> lines.contains("last-" + i)).count();
  }

  private static int missed(SourceUnderTest source) {
    var count =
        Pattern.compile("loki_source_docker_targets_missed_total\\{[^}]*} ([0-9]+)")
            .matcher(source.context.scrape());
    return count.find() ? Integer.parseInt(count.group(1)) : 0;
  }

  @Test
  void readsFilesOfContainersThatAreGoneBeforeTheEngineAnswers(DockerEngine docker) {
    try (EngineProxy proxy = new EngineProxy(storage.resolve("docker.sock"), docker.address())) {
      proxy.listen();
      try (var source = healthy(proxy.address(), "auto")) {
        proxy.hold("/json HTTP");
        String id =
            docker.start(
                TestContainer.running("seq 1000; echo last")
                    .named("weir-gone-before")
                    .label("com.docker.compose.service", "web")
                    .removed());
        docker.awaitRemoval(id);
        proxy.release();
        source.linesUntil("last");

        SeenEntry last = source.receiver.entries().getLast();
        assertThat(source.receiver.entries()).hasSizeGreaterThanOrEqualTo(1001);
        assertThat(last.labels())
            .containsEntry("container_name", "weir-gone-before")
            .containsEntry("container_id", id)
            .containsEntry("compose_service", "web");
        assertThat(last.origin()).containsEntry("container_image", DockerEngine.IMAGE);
        assertThat(missed(source)).isZero();
      }
    }
  }

  @Test
  void asksForTheLogAtTheStartAlthoughTheEngineHasNotSaidWhatItIs(DockerEngine docker) {
    try (EngineProxy proxy = new EngineProxy(storage.resolve("docker.sock"), docker.address())) {
      proxy.listen();
      try (var source = healthy(proxy.address(), "api")) {
        proxy.hold("/json HTTP");
        String id =
            docker.start(
                TestContainer.running("while [ ! -e /go ]; do sleep 0.01; done; seq 100; echo last")
                    .removed());
        await()
            .atMost(PATIENCE)
            .until(() -> proxy.requests().stream().anyMatch(line -> line.contains(id + "/logs")));
        docker.touch(id, "/go");
        docker.awaitRemoval(id);
        proxy.release();
        source.linesUntil("last");

        assertThat(missed(source)).isZero();
      }
    }
  }

  @Test
  void countsWhatIsRemovedBeforeItsLogCouldBeOpened(DockerEngine docker) {
    try (EngineProxy proxy = new EngineProxy(storage.resolve("docker.sock"), docker.address())) {
      proxy.listen();
      try (var source = healthy(proxy.address(), "api")) {
        proxy.hold("/logs?");
        String id = docker.start(TestContainer.running("echo lost").removed());
        docker.awaitRemoval(id);
        proxy.release();

        await().atMost(PATIENCE).until(() -> missed(source) == 1);
      }
    }
  }

  @Test
  void seesWhatHappensBetweenTheConnectionAndTheFirstList(DockerEngine docker) {
    try (EngineProxy proxy = new EngineProxy(storage.resolve("docker.sock"), docker.address())) {
      proxy.listen();
      try (var _ = healthy(proxy.address(), "api")) {
        assertThat(proxy.requests())
            .anyMatch(line -> line.contains("/events?") && line.contains("since="));
      }
    }
  }
}
