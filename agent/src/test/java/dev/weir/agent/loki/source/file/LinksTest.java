package dev.weir.agent.loki.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.component.Egress;
import dev.weir.agent.component.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is in the place of a log and is none.
final class LinksTest {
  private static final Policy PIPELINE = new Policy("uid", null, null, Egress.OPEN);
  private static final String MATCH =
      "file_match {\n enabled = true\n sync_period = \"20ms\"\n}\n"
          + "targets = [{__path__ = \"$/logs/**/*.log\"}]";

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
  void readsNothingOfAPipelineThatLinksLeadOutTo() throws IOException {
    source.policy = PIPELINE;
    Path secret = source.append("secrets/token.log", "hush\n");
    source.append("logs/in/deep/a.log", "one\n");
    link("logs/direct.log", secret);
    link("logs/by", directory.resolve("secrets"));
    link("logs/inside.log", directory.resolve("logs/in/deep/a.log"));
    LokiSourceFile component = source.start(MATCH);

    source.awaitLines("one", "one");
    awaitProblem(component, "link leads out of the directories of the targets");
    source.append("logs/in/deep/a.log", "two\n");
    source.awaitLines("one", "one", "two", "two");
  }

  @Test
  void looksAgainWhereAPathLeadsWhenTheFileIsReplaced() throws IOException {
    source.policy = PIPELINE;
    Path secret = source.append("secrets/token", "hush\n");
    Path log = source.append("logs/a.log", "one\n");
    LokiSourceFile component = source.start("targets = [{__path__ = \"$/logs/a.log\"}]");
    source.awaitLines("one");
    link("logs/new", secret);
    Files.move(directory.resolve("logs/new"), log, StandardCopyOption.ATOMIC_MOVE);

    awaitProblem(component, "link leads out of the directories of the targets");
    Files.delete(log);
    source.append("logs/a.log", "two\n");
    source.awaitLines("one", "two");
  }

  @Test
  void followsLinksForWhoOwnsTheMachine() throws IOException {
    link("logs/a.log", source.append("elsewhere/a.txt", "one\n"));
    source.start(MATCH);

    source.awaitLines("one");
  }

  @Test
  void readsNothingThatTheKernelMakesUp() throws IOException {
    link("logs/environment.log", Path.of("/proc/self/environ"));
    source.append("logs/a.log", "one\n");
    LokiSourceFile component = source.start(MATCH);

    source.awaitLines("one");
    awaitProblem(component, "not a file on a disk");
    source.awaitLines("one");
  }

  @Test
  void waitsForNoPipeAndReadsNoDevice() throws Exception {
    source.append("logs/a.log", "one\n");
    Path pipe = directory.resolve("logs/pipe.log");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    link("logs/zero.log", Path.of("/dev/zero"));
    LokiSourceFile component = source.start(MATCH);

    source.awaitLines("one");
    awaitProblem(component, "not a regular file");
    source.append("logs/a.log", "two\n");
    source.awaitLines("one", "two");
  }

  @Test
  void readsAFileWhateverLiesBesideIt() throws Exception {
    Files.createDirectories(directory.resolve("logs/a.log.1"));
    Path pipe = directory.resolve("logs/a.log.2");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    source.append("logs/a.log", "one\n");
    source.start("targets = [{__path__ = \"$/logs/a.log\"}]");

    source.awaitLines("one");
  }

  private void link(String name, Path file) throws IOException {
    Path link = directory.resolve(name);
    Files.createDirectories(directory.resolve("logs"));
    Files.createSymbolicLink(link, file);
  }

  private static void awaitProblem(LokiSourceFile component, String message) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(component.health())
                .hasValueSatisfying(health -> assertThat(health.message()).contains(message)));
  }
}
