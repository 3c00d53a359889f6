package dev.weir.agent.loki.source.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.component.Health;
import dev.weir.agent.docker.Engine;
import dev.weir.agent.docker.EngineException;
import dev.weir.agent.relabel.Action;
import dev.weir.agent.relabel.Rule;
import dev.weir.agent.relabel.Rules;
import dev.weir.agent.testkit.CollectingReceiver;
import dev.weir.agent.testkit.DockerEngine;
import dev.weir.agent.testkit.NeedsDocker;
import dev.weir.agent.testkit.SeenEntry;
import dev.weir.agent.testkit.TestContainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsDocker
class LokiSourceDockerTest {
  @TempDir Path storage;

  @ParameterizedTest
  @ValueSource(strings = {"files", "api"})
  void collectsBothStreamsWithTimeLabelsAndOrigin(String readFrom, DockerEngine docker)
      throws Exception {
    String id =
        docker.start(
            TestContainer.running("echo out; sleep 0.1; echo err >&2; sleep 60")
                .named("weir-both-" + readFrom)
                .label("com.docker.compose.service", "web"));

    try (var source = SourceUnderTest.of(storage, docker, id, from(readFrom))) {
      List<SeenEntry> entries = source.entries(2);

      assertThat(entries).extracting(SeenEntry::line).containsExactly("out", "err");
      SeenEntry out = entries.getFirst();
      assertThat(out.timestamp()).isBetween(1_600_000_000_000_000_000L, Long.MAX_VALUE);
      assertThat(out.labels()).containsOnlyKeys("job").containsEntry("job", "docker");
      assertThat(out.origin())
          .containsEntry("stream", "stdout")
          .containsEntry("container_name", "weir-both-" + readFrom)
          .containsEntry("container_id", id)
          .containsEntry("container_image", DockerEngine.IMAGE)
          .containsEntry("container_label_com_docker_compose_service", "web");
      assertThat(entries.get(1).origin()).containsEntry("stream", "stderr");
    }
  }

  @Test
  void givesTheSameEntriesFromFilesAndFromTheApi(DockerEngine docker) throws Exception {
    String id =
        docker.runToEnd(
            TestContainer.running(
                """
                i=0; while [ $i -lt 300 ]; do echo "line $i é \\"q\\" \\\\"; i=$((i+1)); done
                echo; echo "  "; printf 'crlf\\r\\n'; printf '\\001\\377binary\\n'
                for n in 16383 16384 16385 32768 49152 49153; do
                  head -c $n /dev/zero | tr '\\0' x; echo; done
                printf unfinished
                """));

    List<SeenEntry> files = collected(docker, id, "files", "unfinished");
    List<SeenEntry> api = collected(docker, id, "api", "unfinished");

    assertThat(api).isEqualTo(files);
    assertThat(files).hasSize(300 + 4 + 6 + 1);
    assertThat(files.subList(304, 310))
        .extracting(entry -> entry.line().length())
        .containsExactly(16383, 16384, 16385, 32768, 49152, 49153);
    assertThat(files.get(302).line()).isEqualTo("crlf");
  }

  @Test
  void givesTheSameEntriesOfATerminalFromFilesAndFromTheApi(DockerEngine docker) throws Exception {
    String id =
        docker.runToEnd(
            TestContainer.running(
                    """
                    echo one; echo two >&2; printf '\\033[31mred\\033[0m\\n'
                    for n in 16382 16383 16384 16385 50000; do
                      head -c $n /dev/zero | tr '\\0' x; echo; done
                    echo end
                    """)
                .withTty());

    List<SeenEntry> files = collected(docker, id, "files", "end");
    List<SeenEntry> api = collected(docker, id, "api", "end");

    assertThat(api).isEqualTo(files);
    assertThat(files).hasSize(9);
    assertThat(files).extracting(entry -> entry.origin().get("stream")).containsOnly("stdout");
    assertThat(files.subList(3, 8))
        .extracting(entry -> entry.line().length())
        .containsExactly(16382, 16383, 16384, 16385, 50000);
  }

  private List<SeenEntry> collected(DockerEngine docker, String id, String readFrom, String last)
      throws Exception {
    try (var source = SourceUnderTest.of(storage.resolve(readFrom), docker, id, from(readFrom))) {
      source.linesUntil(last);
      return source.receiver.entries();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"files", "api"})
  void repeatsAndSkipsNothingOverRestartsOfContainerAndAgent(String readFrom, DockerEngine docker)
      throws Exception {
    String script = "for i in $(seq 200); do echo run; done; echo end; sleep 0.2";
    String id = docker.runToEnd(TestContainer.running(script));

    try (var source = SourceUnderTest.of(storage, docker, id, from(readFrom))) {
      source.entries(201);
      docker.client().startContainerCmd(id).exec();
      source.entries(402);
    }
    docker.client().restartContainerCmd(id).exec();
    docker.await(id);
    try (var source = SourceUnderTest.of(storage, docker, id, from(readFrom))) {
      source.entries(201);
      docker.client().startContainerCmd(id).exec();
      source.entries(402);
      docker.await(id);
      assertThat(source.receiver.entries()).hasSize(402);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"files", "api"})
  void namesTheContainerThatStandsStill(String readFrom, DockerEngine docker) throws Exception {
    String id =
        docker.start(TestContainer.running("echo out; sleep 60").named("weir-still-" + readFrom));
    var slow = new CollectingReceiver();
    slow.holdDeliveries();

    try (var source =
        new SourceUnderTest(storage, slow, SourceUnderTest.body(docker, id, from(readFrom)))) {
      source.context.stallTimeout(Duration.ZERO);
      await()
          .untilAsserted(() ->
              assertThat(source.component.health().orElseThrow().message())
                  .contains("container weir-still-" + readFrom + ": ")
                  .contains("nothing was confirmed"));
      assertThat(source.context.scrape())
          .contains("container_name=\"weir-still-" + readFrom + "\"")
          .contains("loki_source_docker_target_lag_seconds{");
      slow.confirmAll();
      await()
          .untilAsserted(() ->
              assertThat(source.component.health().orElseThrow().state())
                  .isEqualTo(Health.State.HEALTHY));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"files", "api"})
  void readsAgainWhatWasNotConfirmed(String readFrom, DockerEngine docker) throws Exception {
    String id = docker.runToEnd(TestContainer.running("seq 50"));
    var never = new CollectingReceiver();
    never.holdDeliveries();

    try (var source =
        new SourceUnderTest(storage, never, SourceUnderTest.body(docker, id, from(readFrom)))) {
      source.entries(50);
    }
    try (var source = SourceUnderTest.of(storage, docker, id, from(readFrom))) {
      assertThat(source.linesUntil("50")).isEqualTo(numbers(50));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"files", "api"})
  void sendsAgainWhatWasNotDelivered(String readFrom, DockerEngine docker) throws Exception {
    String id = docker.start(TestContainer.running("seq 50; sleep 60"));
    var failing = new CollectingReceiver();
    failing.holdDeliveries();

    try (var source =
        new SourceUnderTest(storage, failing, SourceUnderTest.body(docker, id, from(readFrom)))) {
      source.entries(50);
      failing.failAll();
      assertThat(source.entries(100)).extracting(SeenEntry::line).containsAll(numbers(50));
      failing.confirmAll();
    }
  }

  @Test
  void collectsEveryRunningContainerWithoutTargets(DockerEngine docker) throws Exception {
    String before =
        docker.start(
            TestContainer.running("echo before; sleep 60")
                .named("weir-before")
                .label("com.docker.compose.service", "web")
                .label("com.docker.compose.project", "shop"));
    try (var source = everything(docker)) {
      source.linesUntil("before");
      String after = docker.start(TestContainer.running("echo after; sleep 60"));
      source.linesUntil("after");

      SeenEntry first = entryOf(source, "before");
      assertThat(first.labels())
          .containsEntry("job", "docker")
          .containsEntry("container_name", "weir-before")
          .containsEntry("container_id", before)
          .containsEntry("compose_service", "web")
          .containsEntry("compose_project", "shop");
      assertThat(entryOf(source, "after").labels())
          .containsEntry("container_id", after)
          .doesNotContainKey("compose_service");
    }
  }

  private SourceUnderTest everything(DockerEngine docker, String... more) {
    return new SourceUnderTest(
        storage,
        new CollectingReceiver(),
        """
        host           = "%s"
        positions_path = "%s"
        labels         = { job = "docker" }
        forward_to     = [receiver]
        """
                .formatted(docker.address(), storage.resolve("own/positions.yaml"))
            + String.join("\n", more));
  }

  private static SeenEntry entryOf(SourceUnderTest source, String line) {
    return source.receiver.entries().stream()
        .filter(entry -> entry.line().equals(line))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void reportsAContainerWithoutLogOnceAndReadsTheOthers(DockerEngine docker) throws Exception {
    String id = docker.start(TestContainer.running("echo lost; sleep 60").driver("none"));

    try (var source = SourceUnderTest.of(storage, docker, id)) {
      await()
          .untilAsserted(() ->
              assertThat(source.context.scrape())
                  .containsPattern("loki_source_docker_targets_unreadable\\{[^}]*} 1.0"));
      assertThat(source.component.debugInfo().orElseThrow().toString())
          .contains("does not support reading");
    }
  }

  @Test
  void countsWhatItCollects(DockerEngine docker) throws Exception {
    String id = docker.start(TestContainer.running("echo hello; sleep 60"));

    try (var source = SourceUnderTest.of(storage, docker, id)) {
      source.linesUntil("hello");
      await()
          .untilAsserted(() ->
              assertThat(source.context.scrape())
                  .containsPattern("loki_source_docker_target_entries_total\\{[^}]*} 1.0")
                  .containsPattern("loki_source_docker_target_scraped_bytes_total\\{[^}]*} 5.0")
                  .containsPattern(
                      "loki_source_docker_targets_active\\{[^}]*read_from=\"files\"[^}]*} 1.0")
                  .contains("loki_source_docker_target_parsing_errors_total{"));
    }
  }

  @Test
  void keepsPositionsOfWhatWasConfirmedInTheFileGiven(DockerEngine docker) throws Exception {
    docker.start(TestContainer.running("echo kept; sleep 60"));

    try (var source = everything(docker)) {
      source.linesUntil("kept");
    }

    assertThat(Files.readString(storage.resolve("own/positions.yaml"))).contains("offset");
  }

  @ParameterizedTest
  @ValueSource(strings = {"files", "api"})
  void readsRotatedAndCompressedGenerationsAndExtraFields(String readFrom, DockerEngine docker)
      throws Exception {
    String id =
        docker.runToEnd(
            TestContainer.running("for i in $(seq 600); do echo $i; done")
                .label("a", "b")
                .logOption("max-size", "20k")
                .logOption("max-file", "10")
                .logOption("compress", "true")
                .logOption("labels", "a"));

    try (var source = SourceUnderTest.of(storage, docker, id, from(readFrom))) {
      source.entries(600);
      assertThat(source.receiver.lines()).isEqualTo(numbers(600));
    }
  }

  @Test
  void goesOnInTheFileBehindWhatWasReadThroughTheApi(DockerEngine docker) throws Exception {
    String id = docker.start(TestContainer.running("seq 100; sleep 60").named("weir-switch"));
    try (var source = SourceUnderTest.of(storage, docker, id, from("api"))) {
      source.linesUntil("100");
    }
    docker.client().restartContainerCmd(id).withTimeout(0).exec();

    try (var source = SourceUnderTest.of(storage, docker, id, from("files"))) {
      source.linesUntil("100");
      assertThat(source.receiver.lines()).isEqualTo(numbers(100));
    }
  }

  @Test
  void goesOnWhereAlloyHasStopped(DockerEngine docker) throws Exception {
    String id = docker.runToEnd(TestContainer.running("echo old; sleep 2.1; echo new"));
    long first;
    try (var source = SourceUnderTest.of(storage.resolve("all"), docker, id)) {
      first = source.entries(2).getFirst().timestamp() / 1_000_000_000;
    }
    Path file = storage.resolve("loki.source.docker.test/positions.yml");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        "positions:\n  ? path: cursor-%s\n    labels: '{}'\n  : \"%d\"\n".formatted(id, first + 1));

    try (var source = SourceUnderTest.of(storage, docker, id)) {
      source.linesUntil("new");
      assertThat(source.receiver.lines()).containsExactly("new");
    }
  }

  @Test
  void drainsAContainerThatIsRemovedWhileNothingIsConfirmed(DockerEngine docker) throws Exception {
    String id = docker.start(TestContainer.running("seq 20000; sleep 60"));
    var holding = new CollectingReceiver();
    holding.holdDeliveries();

    try (var source =
        new SourceUnderTest(storage, holding, SourceUnderTest.body(docker, id, from("files")))) {
      source.entries(1);
      // Removed any earlier it would not have written them all.
      Path log = Path.of(docker.client().inspectContainerCmd(id).exec().getLogPath());
      await().until(() -> Files.readString(log).contains("20000"));
      docker.remove(id);
      source.entries(20000);
      assertThat(holding.lines()).isEqualTo(numbers(20000));
      holding.confirmAll();
      await()
          .untilAsserted(() ->
              assertThat(source.context.scrape())
                  .containsPattern(
                      "loki_source_docker_targets_active\\{[^}]*read_from=\"files\"[^}]*} 0.0"));
    }
  }

  @Test
  void appliesRelabellingRulesToEachStream(DockerEngine docker) {
    String id = docker.start(TestContainer.running("echo out; echo err >&2; sleep 60"));
    var rules =
        new Rules(
            List.of(
                Rule.of(Action.REPLACE, "stream", "__meta_docker_container_log_stream"),
                Rule.of(Action.UPPERCASE, "app", "app")));
    var arguments =
        new LokiSourceDocker.Arguments(
            docker.address(),
            List.of(Map.of("__meta_docker_container_id", id, "app", "a", "job", "mine")),
            List.of(),
            Map.of("job", "docker"),
            rules,
            Duration.ofSeconds(60),
            null,
            null,
            ReadFrom.AUTO);

    Streams streams = streamsOf(docker, id, arguments);

    assertThat(streams.stdout().labels())
        .hasToString("{app=\"A\", job=\"docker\", stream=\"stdout\"}");
    assertThat(streams.stderr().labels().get("stream")).isEqualTo("stderr");
  }

  private static Streams streamsOf(
      DockerEngine docker, String id, LokiSourceDocker.Arguments arguments) {
    try {
      List<Map<String, String>> targets = arguments.targets();
      return StreamLabels.of(
          Engine.at(docker.address(), null).container(id),
          targets == null ? null : targets.getFirst(),
          arguments);
    } catch (EngineException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String from(String readFrom) {
    return "read_from = \"" + readFrom + "\"";
  }

  private static List<String> numbers(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList();
  }
}
