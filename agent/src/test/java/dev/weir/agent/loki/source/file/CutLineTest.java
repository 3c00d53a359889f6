package dev.weir.agent.loki.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.process.LokiProcess;
import dev.weir.agent.loki.source.file.LokiSourceFile.Arguments;
import dev.weir.agent.testkit.CollectingReceiver;
import dev.weir.agent.testkit.RiverArguments;
import dev.weir.agent.testkit.RunningComponent;
import dev.weir.agent.testkit.TestContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What stages hold when the agent stops, over a restart.
final class CutLineTest {
  private static final String CRI = "stage.cri { }";
  private static final String BLOCKS = "stage.multiline {\nfirstline = \"^START\"\n}";

  @TempDir Path directory;
  private final CollectingReceiver receiver = new CollectingReceiver();
  private Path log = Path.of("unset");

  /// A source and the pipeline behind it, which stop in this order.
  private record Agent(RunningComponent source, RunningComponent process) implements AutoCloseable {
    @Override
    public void close() {
      source.close();
      process.close();
    }
  }

  @BeforeEach
  void place() {
    log = directory.resolve("0.log");
  }

  private Agent start(String stages) throws Exception {
    var process =
        LokiProcess.TYPE
            .factory()
            .create(
                RiverArguments.decode(
                    "forward_to = [receiver]\n" + stages, LokiProcess.Arguments.class, receiver),
                new TestContext("loki.process.x", directory.resolve("state")));
    var source =
        new LokiSourceFile(
            RiverArguments.decode(
                "forward_to = [receiver]\ntargets = [{__path__ = \"" + log + "\"}]",
                Arguments.class,
                (Receiver) process),
            new TestContext("loki.source.file.x", directory.resolve("state")));
    return new Agent(new RunningComponent(source), new RunningComponent(process));
  }

  private void write(String text) throws Exception {
    Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void awaitLines(String... lines) {
    await().untilAsserted(() -> assertThat(receiver.lines()).containsExactly(lines));
  }

  @Test
  void sendsALineInPartsWholeThoughTheAgentStoppedInTheMiddle() throws Exception {
    write("2024-03-01T10:11:12Z stdout F one\n");
    try (var _ = start(CRI)) {
      awaitLines("one");
      write("2024-03-01T10:11:13Z stdout P two \n2024-03-01T10:11:13Z stderr F three\n");
      awaitLines("one", "three");
    }
    assertThat(receiver.lines()).containsExactly("one", "three");
    write("2024-03-01T10:11:13Z stdout F two\n");

    try (var _ = start(CRI)) {
      // What followed the first part in the same piece of the file comes once more.
      await().untilAsserted(() -> assertThat(receiver.lines()).endsWith("two two"));
    }
    assertThat(receiver.lines()).doesNotContain("two ", "two").containsOnlyOnce("one", "two two");
  }

  @Test
  void sendsABlockThatWasOpenWhenTheAgentStoppedOnce() throws Exception {
    write("START one\nmore\n");
    try (var _ = start(BLOCKS)) {
      write("START two\n");
      awaitLines("START one\nmore");
    }
    awaitLines("START one\nmore", "START two");
    write("START three\n");

    try (var _ = start(BLOCKS)) {
      write("START four\n");
      awaitLines("START one\nmore", "START two", "START three");
    }
    awaitLines("START one\nmore", "START two", "START three", "START four");
  }

  /// F54: a rotation is no end of a block.
  @Test
  void joinsABlockOverARotation() throws Exception {
    write("START\nSTART one\n");
    try (var _ = start(BLOCKS)) {
      awaitLines("START");
      write("more of one\n");
      Files.move(log, directory.resolve("0.log.1"));
      write("and more of one\nSTART two\n");
      awaitLines("START", "START one\nmore of one\nand more of one");
    }
    awaitLines("START", "START one\nmore of one\nand more of one", "START two");
  }

  /// F54, F55: a process that is killed has saved less than it sent.
  @Test
  void sendsBlocksAndLinesWholeAfterAKill() throws Exception {
    Path positions = directory.resolve("state/loki.source.file.x/positions.yml");
    Path before = directory.resolve("positions.before");
    write("START one\nmore\nSTART two\nhalf a");
    try (var _ = start(BLOCKS)) {
      awaitLines("START one\nmore");
      await().until(() -> Files.exists(positions));
      Files.copy(positions, before);
    }
    // What the end of the component has sent and saved did not happen.
    int sent = receiver.lines().size();
    assertThat(receiver.lines()).startsWith("START one\nmore");
    Files.copy(before, positions, StandardCopyOption.REPLACE_EXISTING);
    write(" line\nSTART three\nSTART four\n");

    try (var _ = start(BLOCKS)) {
      await()
          .untilAsserted(() ->
              assertThat(receiver.lines().subList(sent, receiver.lines().size()))
                  .contains("START two\nhalf a line", "START three"));
    }
    List<String> again = receiver.lines().subList(sent, receiver.lines().size());
    assertThat(again)
        .doesNotHaveDuplicates()
        .endsWith("START two\nhalf a line", "START three", "START four")
        .isSubsetOf("START one\nmore", "START two\nhalf a line", "START three", "START four");
  }
}
