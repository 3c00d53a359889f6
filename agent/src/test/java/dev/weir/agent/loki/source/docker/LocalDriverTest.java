package dev.weir.agent.loki.source.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.component.Health;
import dev.weir.agent.testkit.CollectingReceiver;
import dev.weir.agent.testkit.DockerEngine;
import dev.weir.agent.testkit.NeedsDocker;
import dev.weir.agent.testkit.SeenEntry;
import dev.weir.agent.testkit.TestContainer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of the `local` log driver, as a real Engine writes them.
@NeedsDocker
class LocalDriverTest {
  private static final String ALL_SORTS =
      """
      i=0; while [ $i -lt 300 ]; do echo "line $i é"; echo "error $i" >&2; i=$((i+1)); done
      echo; echo "  "; printf 'crlf\\r\\n'; printf '\\001\\377binary\\n'
      for n in 16383 16384 16385 32768 40960 49153; do
        head -c $n /dev/zero | tr '\\0' x; echo; done
      printf unfinished
      """;

  @TempDir Path storage;

  private static TestContainer local(String script) {
    return TestContainer.running(script).driver("local");
  }

  private SourceUnderTest source(DockerEngine docker, String id, String readFrom) {
    return SourceUnderTest.of(
        storage.resolve(readFrom), docker, id, "read_from = \"" + readFrom + "\"");
  }

  private List<SeenEntry> collected(DockerEngine docker, String id, String readFrom, String last) {
    try (var source = source(docker, id, readFrom)) {
      source.linesUntil(last);
      return source.receiver.entries();
    }
  }

  @Test
  void givesTheSameEntriesFromFilesAndFromTheApi(DockerEngine docker) {
    String id = docker.runToEnd(local(ALL_SORTS));

    List<SeenEntry> files = collected(docker, id, "files", "unfinished");
    List<SeenEntry> api = collected(docker, id, "api", "unfinished");

    assertThat(files).isEqualTo(api);
    assertThat(files).hasSize(600 + 4 + 6 + 1);
    List<SeenEntry> stdout =
        files.stream().filter(entry -> "stdout".equals(entry.origin().get("stream"))).toList();
    assertThat(stdout.subList(304, 310))
        .extracting(entry -> entry.line().length())
        .containsExactly(16383, 16384, 16385, 32768, 40960, 49153);
    assertThat(stdout.get(302).line()).isEqualTo("crlf");
  }

  /// The Engine itself leaves out the end of a terminal's long line.
  @Test
  void readsTheLinesOfATerminal(DockerEngine docker) {
    String id =
        docker.runToEnd(
            local("echo one; head -c 40000 /dev/zero | tr '\\0' x; echo; echo end").withTty());

    List<SeenEntry> files = collected(docker, id, "files", "end");

    assertThat(files).extracting(SeenEntry::line).hasSize(3).startsWith("one");
    assertThat(files.get(1).line()).hasSize(40000);
  }

  @Test
  void readsCompressedGenerations(DockerEngine docker) {
    String id = docker.runToEnd(rotated("for i in $(seq 1500); do echo $i; done"));

    try (var source = source(docker, id, "files")) {
      source.entries(1500);
      assertThat(source.receiver.lines()).isEqualTo(numbers(1500));
    }
  }

  private static TestContainer rotated(String script) {
    return local(script)
        .logOption("max-size", "10k")
        .logOption("max-file", "20")
        .logOption("compress", "true");
  }

  @Test
  void followsRotationWithCompression(DockerEngine docker) {
    String script =
        "for i in $(seq 3000); do echo $i; [ $((i % 300)) = 0 ] && sleep 0.2; done; echo end";
    String id = docker.start(rotated(script));

    try (var source = source(docker, id, "files")) {
      source.linesUntil("end");
      assertThat(source.receiver.lines().subList(0, 3000)).isEqualTo(numbers(3000));
    }
  }

  @Test
  void goesOnBehindWhatWasConfirmed(DockerEngine docker) throws Exception {
    String id = docker.runToEnd(rotated("for i in $(seq 1000); do echo run; done; echo end"));
    assertThat(collected(docker, id, "files", "end")).hasSize(1001);

    docker.client().startContainerCmd(id).exec();
    docker.await(id);

    try (var source = source(docker, id, "files")) {
      source.linesUntil("end");
      assertThat(source.receiver.lines()).hasSize(1001);
    }
  }

  @Test
  void goesOnInTheFileBehindWhatWasReadThroughTheApi(DockerEngine docker) {
    String id = docker.start(local("seq 100; sleep 1; seq 101 200; sleep 60"));
    Path both = storage.resolve("both");
    try (var source = SourceUnderTest.of(both, docker, id, "read_from = \"api\"")) {
      source.linesUntil("100");
    }
    try (var source = SourceUnderTest.of(both, docker, id, "read_from = \"files\"")) {
      source.linesUntil("200");
      assertThat(source.receiver.lines()).endsWith("199", "200").doesNotContain("99");
    }
  }

  @Test
  void readsContainersThatAreRemovedAtOnceFromTheirFiles(DockerEngine docker) {
    try (var source =
        new SourceUnderTest(
            storage,
            new CollectingReceiver(),
            "host = \"%s\"\nforward_to = [receiver]".formatted(docker.address()))) {
      await()
          .until(() ->
              source.component.health().map(Health::state).orElse(null) == Health.State.HEALTHY);
      for (int i = 0; i < 3; i++) {
        docker.start(local("seq 1000; echo local-last-" + i).removed());
      }
      for (int i = 0; i < 3; i++) {
        source.linesUntil("local-last-" + i);
      }
    }
  }

  @Test
  void tellsThatItReadsTheFile(DockerEngine docker) {
    String id = docker.start(local("echo hello; sleep 60"));

    try (var source = source(docker, id, "auto")) {
      source.linesUntil("hello");
      await()
          .untilAsserted(() ->
              assertThat(source.context.scrape())
                  .containsPattern(
                      "loki_source_docker_targets_active\\{[^}]*read_from=\"files\"[^}]*} 1.0"));
    }
  }

  private static List<String> numbers(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList();
  }
}
