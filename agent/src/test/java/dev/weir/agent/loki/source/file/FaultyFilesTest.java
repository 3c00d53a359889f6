package dev.weir.agent.loki.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.assertj.core.api.Assumptions.assumeThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.component.Health;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that cannot be read for a while, or not at all, or are not what they seem. Numbers are
/// those of the table of faults in `docs/reliability.md`.
final class FaultyFilesTest {
  private static final String ONE_FILE = "targets = [{__path__ = \"$/logs/a.log\"}]";

  /// A regular file that has a size and cannot be read.
  private static final Path BROKEN = Path.of("/sys/class/net/lo/speed");

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

  /// F43.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void readsAFileAgainThatIsTruncatedAndBeginsWithTheSameBytes(boolean running) throws Exception {
    List<String> header = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      header.add("the header of this log, line " + i);
    }
    String head = String.join("\n", header) + "\n";
    assertThat(head).hasSizeGreaterThan(1000);
    Path log = source.append("logs/a.log", head + "of the first run\n");
    source.start(ONE_FILE);
    await().untilAsserted(() -> assertThat(source.receiver.lines()).hasSize(41));
    if (!running) {
      source.stop();
    }
    Files.writeString(log, head + "of the second run, which has more to say\nand says it\n");
    if (!running) {
      source.start(ONE_FILE);
    }
    List<String> all = new ArrayList<>(header);
    all.add("of the first run");
    all.addAll(header);
    all.add("of the second run, which has more to say");
    all.add("and says it");

    await().untilAsserted(() -> assertThat(source.receiver.lines()).isEqualTo(all));
  }

  /// F49: a directory that is taken away and comes back with more in it, as when it is unmounted.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void goesOnWhenADirectoryComesBack(boolean running) throws Exception {
    source.append("logs/a.log", "one\n");
    LokiSourceFile component = source.start(ONE_FILE);
    source.awaitLines("one");
    if (!running) {
      source.stop();
    }
    Files.move(directory.resolve("logs"), directory.resolve("away"));
    source.append("away/a.log", "two\n");
    if (!running) {
      component = source.start(ONE_FILE);
      LokiSourceFile started = component;
      await()
          .untilAsserted(() ->
              assertThat(started.health().orElseThrow().message())
                  .isEqualTo("reading 0 files, 1 are missing"));
    }
    Files.move(directory.resolve("away"), directory.resolve("logs"));
    source.append("logs/a.log", "three\n");

    source.awaitLines("one", "two", "three");
  }

  /// F49: what is at the path cannot be read, until it can.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void resumesWhenAFileCanBeReadAgain(boolean running) throws Exception {
    Path log = source.append("logs/a.log", "one\n");
    LokiSourceFile component = source.start(ONE_FILE);
    source.awaitLines("one");
    if (!running) {
      source.stop();
    }
    Path aside = forbid(log);
    source.append("logs/b.log", "of another file\n");
    String both = ONE_FILE.replace("]", ", {__path__ = \"$/logs/b.log\"}]");
    if (running) {
      component.update(source.arguments(both));
    } else {
      component = source.start(both);
    }
    source.awaitLines("one", "of another file");
    LokiSourceFile started = component;
    if (!running) {
      await()
          .untilAsserted(() ->
              assertThat(started.health().orElseThrow().state()).isEqualTo(Health.State.UNHEALTHY));
    }
    allow(log, aside);
    source.append("logs/a.log", "two\n");

    source.awaitLines("one", "of another file", "two");
    await()
        .untilAsserted(() ->
            assertThat(started.health().orElseThrow().state()).isEqualTo(Health.State.HEALTHY));
  }

  /// Takes the permission, or, from who needs none, the file itself.
  private static Path forbid(Path log) throws IOException {
    Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("---------"));
    if (!Files.isReadable(log)) {
      return log;
    }
    Path aside = log.resolveSibling("aside");
    Files.move(log, aside);
    Files.createDirectory(log);
    return aside;
  }

  private static void allow(Path log, Path aside) throws IOException {
    if (!aside.equals(log)) {
      Files.delete(log);
      Files.move(aside, log);
    }
    Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rw-------"));
  }

  /// F53.
  @Test
  void readsOnBesideAFileThatCannotBeRead() throws Exception {
    assumeThat(BROKEN).isRegularFile();
    assumeThatThrownBy(() -> Files.readAllBytes(BROKEN)).isInstanceOf(IOException.class);
    source.append("logs/a.log", "one\n");
    LokiSourceFile component =
        source.start(ONE_FILE.replace("]", ", {__path__ = \"" + BROKEN + "\"}]"));
    source.awaitLines("one");
    await()
        .untilAsserted(() -> {
          assertThat(component.health().orElseThrow().state()).isEqualTo(Health.State.UNHEALTHY);
          assertThat(component.health().orElseThrow().message()).startsWith(BROKEN + ": ");
        });
    source.append("logs/a.log", "two\n");

    source.awaitLines("one", "two");
  }
}
