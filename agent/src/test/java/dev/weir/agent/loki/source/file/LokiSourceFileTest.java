package dev.weir.agent.loki.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.component.AgentSettings;
import dev.weir.agent.component.Health;
import dev.weir.agent.loki.source.file.LokiSourceFile.Arguments;
import dev.weir.agent.river.Block;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.river.Parser;
import dev.weir.agent.river.SourceFile;
import dev.weir.agent.river.eval.Decoder;
import dev.weir.agent.river.eval.Scope;
import dev.weir.agent.river.eval.Value;
import dev.weir.agent.river.eval.Value.CapsuleValue;
import dev.weir.agent.testkit.CollectingReceiver;
import dev.weir.agent.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LokiSourceFileTest {
  @TempDir Path directory;
  private final CollectingReceiver receiver = new CollectingReceiver();
  private Path log = Path.of("unset");
  private @Nullable Thread thread;
  private @Nullable TestContext context;

  @BeforeEach
  void place() {
    log = directory.resolve("app.log");
  }

  @AfterEach
  void stop() throws InterruptedException {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
      running.join();
    }
    thread = null;
  }

  private Arguments arguments(String body) throws DiagnosticsException {
    String text = "loki.source.file \"x\" {\n  forward_to = [sink]\n" + body + "\n}\n";
    var block = (Block) Parser.parse(SourceFile.of("test", text)).body().statements().getFirst();
    Value sink = new CapsuleValue("loki.LogsReceiver", receiver);
    return Decoder.decode(block, Arguments.class, new Scope(Map.of("sink", sink)));
  }

  private String target() {
    return "targets = [{__path__ = \"" + log + "\", __secret = \"y\", app = \"shop\"}]";
  }

  private LokiSourceFile start(String body) throws DiagnosticsException {
    return start(body, AgentSettings.STALL_TIMEOUT);
  }

  private LokiSourceFile start(String body, Duration stallTimeout) throws DiagnosticsException {
    var made =
        new TestContext("loki.source.file.x", directory.resolve("state"))
            .stallTimeout(stallTimeout);
    context = made;
    var component = new LokiSourceFile(arguments(body), made);
    thread = Thread.ofPlatform().start(() -> run(component));
    return component;
  }

  private static void run(LokiSourceFile component) {
    try {
      component.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(String text) throws IOException {
    Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void awaitLines(String... lines) {
    await().untilAsserted(() -> assertThat(receiver.lines()).containsExactly(lines));
  }

  @Test
  void readsLinesWithTheTargetsLabels() throws Exception {
    write("one\ntwo\r\nthree");
    start(target());
    awaitLines("one", "two");
    write("\n");
    awaitLines("one", "two", "three");

    assertThat(receiver.entries().getFirst().labels())
        .containsExactlyInAnyOrderEntriesOf(Map.of("app", "shop", "filename", log.toString()));
    assertThat(receiver.entries().get(1).timestamp())
        .isGreaterThan(receiver.entries().get(0).timestamp());
  }

  @Test
  void goesOnWhereItStopped() throws Exception {
    write("one\n");
    start(target());
    awaitLines("one");
    stop();
    write("two\n");
    start(target());

    awaitLines("one", "two");
  }

  @Test
  void beginsWithTheLastLineWhenToldSo() throws Exception {
    write("one\ntwo\nthr");
    LokiSourceFile component = start(target() + "\n tail_from_end = true");
    await()
        .untilAsserted(
            () -> assertThat(component.health()).map(Health::message).hasValue("reading 1 files"));
    write("ee\n");

    awaitLines("three");
  }

  @Test
  void isUnhealthyWhenAFileStandsStill() throws Exception {
    receiver.holdDeliveries();
    write("one\n");
    var component = start(target(), Duration.ZERO);

    await()
        .untilAsserted(() -> {
          assertThat(component.health().orElseThrow().state()).isEqualTo(Health.State.UNHEALTHY);
          assertThat(component.health().orElseThrow().message())
              .matches(log + ": 4 bytes wait and nothing was confirmed for [0-9]+ s");
        });
    assertThat(Objects.requireNonNull(context).scrape())
        .contains("loki_source_file_lag_bytes{")
        .contains("loki_source_file_lag_seconds{");

    receiver.confirmAll();
    await()
        .untilAsserted(() ->
            assertThat(component.health().orElseThrow().state()).isEqualTo(Health.State.HEALTHY));
  }

  @Test
  void isHealthyWhileWhatIsBehindItIsToBlame() throws Exception {
    receiver.holdDeliveries();
    receiver.holdup("loki.write.x: connection refused");
    write("one\n");
    var component = start(target(), Duration.ZERO);

    await()
        .untilAsserted(() ->
            assertThat(component.health().orElseThrow().message())
                .endsWith(", held up by loki.write.x: connection refused"));
    assertThat(component.health().orElseThrow().state()).isEqualTo(Health.State.HEALTHY);
    receiver.confirmAll();
  }

  @Test
  void keepsReadingOverAnUpdate() throws Exception {
    write("one\n");
    LokiSourceFile component = start(target());
    awaitLines("one");
    component.update(arguments("targets = []"));
    write("two\n");
    component.update(arguments(target().replace("shop", "till")));

    awaitLines("one", "two");
    assertThat(receiver.entries().get(1).labels()).containsEntry("app", "till");
  }

  @Test
  void showsItsMetricsWhileAFileIsATarget() throws Exception {
    write("one\ntwo\n");
    LokiSourceFile component = start(target());
    awaitLines("one", "two");

    TestContext made = Objects.requireNonNull(context);
    String path = "path=\"" + log + "\"} ";
    await()
        .untilAsserted(() ->
            assertThat(made.scrape())
                .contains("loki_source_file_read_bytes_total{")
                .contains(path + "8\n")
                .contains("loki_source_file_files_active_total{")
                .contains("loki_source_file_read_lines_total{"));
    component.update(arguments("targets = []"));
    assertThat(made.scrape()).doesNotContain(path);
  }

  @Test
  void saysThatAFileIsMissing() throws Exception {
    LokiSourceFile component = start(target());

    await()
        .untilAsserted(() ->
            assertThat(component.health())
                .hasValueSatisfying(health -> {
                  assertThat(health.state()).isEqualTo(Health.State.HEALTHY);
                  assertThat(health.message()).isEqualTo("reading 0 files, 1 are missing");
                }));
    write("late\n");
    awaitLines("late");
  }

  @Test
  void refusesPositionsThatAnotherUses() throws Exception {
    write("one\n");
    start(target());
    awaitLines("one");
    var second =
        new LokiSourceFile(
            arguments(target()), new TestContext("loki.source.file.x", directory.resolve("state")));
    Thread other = Thread.ofPlatform().start(() -> run(second));
    await()
        .untilAsserted(() ->
            assertThat(second.health())
                .hasValueSatisfying(health -> assertThat(health.message()).contains("positions")));
    other.interrupt();
    other.join();

    assertThat(receiver.lines()).containsExactly("one");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "encoding = \"klingon\" | encoding \"klingon\" is not known",
        "encoding = \"IBM037\" | encoding \"IBM037\" is not supported: it has newlines of its own",
        "file_match { sync_period = \"0s\" } | sync_period must be greater than 0",
        "file_match { ignore_older_than = \"-1s\" } | ignore_older_than must not be negative",
        "decompression { enabled = true format = \"rar\" } | is not one of",
        "on_positions_file_error = \"panic\" | on_positions_file_error must be",
        "file_watch { min_poll_frequency = \"1s\" } | must not be greater than max_poll_frequency",
      })
  void refusesWhatItCannotDo(String body, String message) {
    assertThatThrownBy(() -> arguments(target() + "\n" + body.replace(" format", "\nformat")))
        .hasMessageContaining(message);
  }
}
