package dev.weir.agent.loki.write;

import static dev.weir.agent.loki.write.Running.endpoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.write.ScriptedLoki.Line;
import dev.weir.agent.loki.write.ScriptedLoki.Reply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuarantineTest {
  private static final String KEEP = "quarantine {\n}\n";

  @TempDir Path storage;

  private Path file() {
    return storage.resolve("loki.write.test/quarantine.jsonl");
  }

  private List<String> kept() throws Exception {
    return Files.exists(file()) ? Files.readAllLines(file()) : List.of();
  }

  private static ScriptedLoki refusing(String text, Predicate<Line> poison) throws Exception {
    return new ScriptedLoki(push ->
        push.lines().stream().anyMatch(poison)
            ? Reply.storing(poison.negate(), 400, text)
            : ScriptedLoki.OK);
  }

  /// F60: of a batch of 1000, 999 lines are stored once, one is kept, and the queue moves on.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 errors like: Max entry size '100' bytes exceeded for stream '{job=\"test\"}' while adding"
            + " an entry with length '200' bytes",
        "1 errors like: entry for stream '{job=\"test\"}' has timestamp too old:"
            + " 1970-01-01T00:00:01Z, oldest acceptable timestamp is: 1970-01-01T00:00:02Z",
        "entry with timestamp 1970-01-01 00:00:01 +0000 UTC ignored, reason: 'entry too far behind,"
            + " entry timestamp is: 1970-01-01T00:00:01Z, oldest acceptable timestamp is:"
            + " 1970-01-01T00:00:02Z', user 'fake', total ignored: 1 out of 1000 for stream:"
            + " {job=\"test\"}"
      })
  void keepsThePoisonLineOfAThousand(String text) throws Exception {
    String poison = "p".repeat(200);
    String[] lines = new String[1000];
    lines[0] = poison;
    for (int i = 1; i < lines.length; i++) {
      lines[i] = "line " + i;
    }
    try (var loki = refusing(text, line -> line.text().equals(poison));
        var write = new Running(storage, KEEP + endpoint(loki.url()))) {
      write.send(lines);
      await().until(() -> write.delivered() == 1);
      write.send("next");

      await().until(() -> write.delivered() == 2);
      assertThat(loki.stored()).hasSize(1000);
      assertThat(loki.stored().stream().map(Line::text).distinct()).hasSize(1000);
      assertThat(kept())
          .singleElement()
          .asString()
          .contains(
              "\"line\":\"" + poison + "\"",
              "\"labels\":\"{job=\\\"test\\\"}\"",
              "\"timestamp\":\"1000000000\"",
              "\"status\":400",
              "\"sure\":true");
      assertThat(write.metric("loki_write_quarantined_entries_total")).isEqualTo(1);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void keepsALineThatWasFoundByHalving() throws Exception {
    try (var loki =
            new ScriptedLoki(push ->
                push.lines().stream().anyMatch(line -> line.text().equals("bad\n\"1\""))
                    ? Reply.of(400, "no")
                    : ScriptedLoki.OK);
        var write = new Running(storage, KEEP + endpoint(loki.url()))) {
      write.send("one", "bad\n\"1\"", "two");

      await().until(() -> write.delivered() == 1);
      assertThat(kept()).singleElement().asString().contains("\"line\":\"bad\\u000a\\\"1\\\"\"");
    }
  }

  @Test
  void keepsEveryLineOfAStreamThatIsRefused() throws Exception {
    String bad = "{job=\"bad\"}";
    String text = "stream '" + bad + "' has label value too long: 'x'";
    try (var loki = refusing(text, line -> line.labels().equals(bad));
        var write = new Running(storage, KEEP + endpoint(loki.url()))) {
      var batch = write.batch();
      for (String job : List.of("good", "bad", "bad")) {
        batch.add().labels(Labels.of("job", job));
      }
      write.send(batch);

      await().until(() -> write.delivered() == 1);
      assertThat(kept()).hasSize(2).allMatch(line -> line.contains("bad"));
    }
  }

  @Test
  void keepsBytesThatAreNoText() throws Exception {
    try (var loki = new ScriptedLoki(push -> Reply.of(400, "no"));
        var write = new Running(storage, KEEP + endpoint(loki.url()))) {
      var batch = write.batch();
      var entry = batch.add();
      entry.labels(Running.LABELS);
      entry.line(new byte[] {(byte) 0xff, 1}, 0, 2);
      write.send(batch);

      await().until(() -> write.delivered() == 1);
      assertThat(kept()).singleElement().asString().contains("\"line_base64\":\"/wE=\"");
    }
  }

  @Test
  void hasALimitAndKeepsTheLastOnes() throws Exception {
    String[] lines =
        IntStream.range(0, 400).mapToObj(i -> i + " " + "x".repeat(1000)).toArray(String[]::new);
    try (var loki = new ScriptedLoki(push -> Reply.of(400, "no"));
        var write =
            new Running(
                storage, "quarantine {\n max_size = \"64KiB\"\n}\n" + endpoint(loki.url()))) {
      write.send(lines);

      await().until(() -> write.delivered() == 1);
      Path older = file().resolveSibling("quarantine.jsonl.1");
      assertThat(Files.size(file()) + Files.size(older)).isLessThanOrEqualTo(64 << 10);
      assertThat(Files.readString(file(), StandardCharsets.UTF_8)).contains("\"399 x");
    }
  }

  @Test
  void deliversOnWhenItCannotBeWritten() throws Exception {
    Files.writeString(storage.resolve("loki.write.test"), "in the way");
    try (var loki = new ScriptedLoki(push -> Reply.of(400, "no"));
        var write = new Running(storage, KEEP + endpoint(loki.url()))) {
      write.send("one");

      await().until(() -> write.delivered() == 1);
      assertThat(write.dropped("ingester_error")).isEqualTo(1);
      assertThat(write.metric("loki_write_quarantine_failures_total")).isEqualTo(1);
    }
  }

  @Test
  void keepsNothingUnlessToldTo() throws Exception {
    try (var loki = new ScriptedLoki(push -> Reply.of(400, "no"));
        var write = new Running(storage, endpoint(loki.url()))) {
      write.send("one");

      await().until(() -> write.delivered() == 1);
      assertThat(file()).doesNotExist();
    }
  }
}
