package dev.weir.agent.loki.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The switch from Alloy and from Promtail.
final class TakeOverTest {
  @TempDir Path directory;
  private FileSource source = new FileSource(Path.of("unset"));

  @BeforeEach
  void place() {
    source = new FileSource(directory);
  }

  @AfterEach
  void stop() {
    source.close();
  }

  private void alloys(String text) throws IOException {
    Path file = source.positions();
    Files.createDirectories(directory.resolve("state/loki.source.file.x"));
    Files.writeString(file, text.replace("$", directory.toString()));
  }

  @Test
  void goesOnWhereAlloyStopped() throws Exception {
    source.append("a.log", "one\ntwo\nthree\n");
    alloys(
        """
        positions:
          ? path: $/a.log
            labels: '{app="shop"}'
          : "8"
          ? path: $/gone.log
            labels: '{}'
          : "17"
        """);
    String body = "targets = [{__path__ = \"$/a.log\", app = \"shop\"}]";
    source.start(body);
    source.awaitLines("three");
    source.stop();
    source.append("a.log", "four\n");
    source.start(body);

    source.awaitLines("three", "four");
    assertThat(source.positions().resolveSibling("positions.yml.before")).exists();
  }

  @Test
  void knowsTheLabelsOfSeveralTargetsOfOnePath() throws Exception {
    source.append("a.log", "one\ntwo\n");
    alloys(
        """
        positions:
          ? path: $/a.log
            labels: '{app="a"}'
          : "8"
          ? path: $/a.log
            labels: '{app="b", env="x\\"y"}'
          : "4"
        """);
    source.start(
        "targets = [{__path__ = \"$/a.log\", app = \"b\", env = \"x\\\"y\"},"
            + "{__path__ = \"$/a.log\", app = \"a\"}]");
    source.awaitLines("two");
    source.append("a.log", "three\n");

    source.awaitLines("two", "three", "three");
  }

  @Test
  void readsTheRestOfAFileThatWasRotatedDuringTheSwitch() throws Exception {
    source.append("a.log.1", "one\ntwo\n");
    source.append("a.log", "x\n");
    alloys("positions:\n  ? path: $/a.log\n    labels: '{}'\n  : \"4\"\n");
    source.start("targets = [{__path__ = \"$/a.log\"}]");

    source.awaitLines("two", "x");
  }

  @Test
  void takesPromtailsPositionsOnce() throws Exception {
    source.append("a.log", "one\ntwo\n");
    Path legacy =
        Files.writeString(
            directory.resolve("promtail.yaml"),
            "positions:\n  " + directory + "/a.log: \"4\"\n  cursor-abc: \"123\"\n");
    String body =
        "targets = [{__path__ = \"$/a.log\", app = \"shop\"}]\n"
            + "legacy_positions_file = \"$/promtail.yaml\"";
    source.start(body);
    source.awaitLines("two");
    source.stop();
    source.append("a.log", "three\n");
    source.start(body);

    source.awaitLines("two", "three");
    assertThat(legacy).exists();
  }

  @Test
  void readsFromTheStartWhenTheLegacyFileIsNoYaml() throws Exception {
    source.append("a.log", "one\n");
    Files.writeString(directory.resolve("promtail.yaml"), "positions: [}\n");
    source.start(
        "targets = [{__path__ = \"$/a.log\"}]\nlegacy_positions_file = \"$/promtail.yaml\"");

    source.awaitLines("one");
  }

  @Test
  void readsNothingWhileTheLegacyFileCannotBeRead() throws Exception {
    source.append("a.log", "one\n");
    Files.createDirectories(directory.resolve("promtail.yaml"));
    LokiSourceFile component =
        source.start(
            "targets = [{__path__ = \"$/a.log\"}]\nlegacy_positions_file = \"$/promtail.yaml\"");

    await()
        .untilAsserted(() ->
            assertThat(component.health())
                .hasValueSatisfying(health ->
                    assertThat(health.message()).contains("positions are not available")));
    assertThat(source.receiver.lines()).isEmpty();
  }

  @Test
  void refusesBrokenPositionsOfAlloy() throws Exception {
    alloys("positions: [}\n");
    LokiSourceFile component = source.start("targets = []");

    await()
        .untilAsserted(() ->
            assertThat(component.health())
                .hasValueSatisfying(health ->
                    assertThat(health.message()).contains("invalid yaml positions file [")));
  }
}
