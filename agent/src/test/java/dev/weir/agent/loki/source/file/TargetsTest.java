package dev.weir.agent.loki.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.testkit.SeenEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which files are read.
final class TargetsTest {
  private static final String MATCH = "file_match {\n enabled = true\n sync_period = \"20ms\"\n}\n";

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

  @Test
  void readsAFileOnceThatTwoTargetsNameWithTheSameLabels() throws Exception {
    source.append("a.log", "one\n");
    source.start(
        "targets = [{__path__ = \"$/a.log\", app = \"x\", __meta_port = \"80\"},"
            + "{__path__ = \"$/a.log\", app = \"x\", __meta_port = \"81\"},"
            + "{__path__ = \"$/a.log\", app = \"y\"}]");
    source.append("b.log", "");
    source.awaitLines("one", "one");
    source.append("a.log", "two\n");

    source.awaitLines("one", "one", "two", "two");
    assertThat(source.receiver.entries().stream().map(entry -> entry.labels().get("app")))
        .containsExactlyInAnyOrder("x", "x", "y", "y");
  }

  @Test
  void keepsThePositionOfATargetWhenAnotherOfItsPathComesFirst() throws Exception {
    source.append("a.log", "one\n");
    String known = "{__path__ = \"$/a.log\", app = \"m\"}";
    LokiSourceFile component = source.start("targets = [" + known + "]");
    source.awaitLines("one");
    String both = "targets = [{__path__ = \"$/a.log\", app = \"a\"}, " + known + "]";
    component.update(source.arguments(both));
    source.awaitLines("one", "one");
    source.stop();
    source.append("a.log", "two\n");
    source.start(both);

    source.awaitLines("one", "one", "two", "two");
    assertThat(
            source.receiver.entries().stream()
                .filter(entry -> entry.line().equals("one"))
                .map(entry -> entry.labels().get("app")))
        .containsExactly("m", "a");
  }

  @Test
  void findsFilesByGlobsAsTheyCome() throws Exception {
    source.append("logs/a/x.log", "ax\n");
    source.append("logs/x.txt", "no\n");
    source.append("logs/a/debug.log", "no\n");
    source.start(
        MATCH
            + "targets = [{__path__ = \"$/logs/**/{x,y,debug}.log\","
            + " __path_exclude__ = \"$/logs/**/debug.log\", app = \"shop\"}]");
    source.awaitLines("ax");
    source.append("logs/b/c/y.log", "bcy\n");

    source.awaitLines("ax", "bcy");
    SeenEntry last = source.receiver.entries().getLast();
    assertThat(last.labels())
        .containsEntry("filename", directory.resolve("logs/b/c/y.log").toString())
        .containsEntry("app", "shop")
        .hasSize(2);
  }

  @Test
  void doesNotGoRoundInCirclesOfLinks() throws Exception {
    source.append("logs/a.log", "one\n");
    Files.createSymbolicLink(directory.resolve("logs/again"), directory.resolve("logs"));
    source.start(MATCH + "targets = [{__path__ = \"$/logs/**/*.log\"}]");

    source.awaitLines("one");
    assertThat(source.scrape()).contains("loki_source_file_files_active_total{");
  }

  @Test
  void readsTheRestOfAFileThatVanishes() throws Exception {
    source.append("a.log", "one\n");
    LokiSourceFile component =
        source.start(MATCH + "targets = [{__path__ = \"$/*.log\"}]\ntail_from_end = false");
    source.awaitLines("one");
    Path gone = source.append("a.log", "two\nlast");
    Files.delete(gone);
    source.awaitLines("one", "two", "last");
    await()
        .untilAsserted(() ->
            assertThat(component.health())
                .hasValueSatisfying(
                    health -> assertThat(health.message()).isEqualTo("reading 0 files")));
    source.append("a.log", "new\n");

    source.awaitLines("one", "two", "last", "new");
  }

  @Test
  void leavesOutFilesThatAreTooOldUntilTheyAreWrittenTo() throws Exception {
    Path old = source.append("old.log", "old\n");
    Files.setLastModifiedTime(old, FileTime.from(Instant.EPOCH.plus(Duration.ofDays(1))));
    source.append("new.log", "new\n");
    source.start(
        "file_match {\n enabled = true\n sync_period = \"20ms\"\n ignore_older_than = \"1h\"\n}\n"
            + "targets = [{__path__ = \"$/*.log\"}]");
    source.awaitLines("new");
    source.append("old.log", "young\n");

    source.awaitLines("new", "old", "young");
  }

  @Test
  void goesOnWithTheSamePositionsWhenAGlobTakesTheFileOver() throws Exception {
    source.append("a.log", "one\n");
    LokiSourceFile component = source.start("targets = [{__path__ = \"$/a.log\"}]");
    source.awaitLines("one");
    component.update(source.arguments(MATCH + "targets = [{__path__ = \"$/*.log\"}]"));
    source.append("a.log", "two\n");
    source.append("b.log", "three\n");

    source.awaitLines("one", "two", "three");
  }

  @Test
  void showsGaugesAndCountersAsAlloyDoes() throws Exception {
    source.append("a.log", "one\n");
    source.start("targets = [{__path__ = \"$/a.log\"}]");
    source.awaitLines("one");

    await()
        .untilAsserted(() ->
            assertThat(source.scrape())
                .contains(
                    "# TYPE loki_source_file_read_bytes_total gauge",
                    "# TYPE loki_source_file_file_bytes_total gauge",
                    "# TYPE loki_source_file_read_lines_total counter",
                    "# TYPE loki_source_file_files_active_total gauge")
                .contains("loki_source_file_lag_bytes"));
  }
}
