package dev.weir.agent.loki.write;

import static dev.weir.agent.loki.write.Running.endpoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.write.ScriptedLoki.Line;
import dev.weir.agent.loki.write.ScriptedLoki.Received;
import dev.weir.agent.loki.write.ScriptedLoki.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a Loki, a proxy and a network can do to a push. The numbers are those of the catalogue of
/// faults in `docs/reliability.md`.
class SinkFaultsTest {
  private static final String OK = "HTTP/1.1 204 No Content\r\n\r\n";

  @TempDir Path storage;

  private static List<String> texts(List<Line> lines) {
    return lines.stream().map(Line::text).toList();
  }

  private static String[] numbered(int count) {
    return IntStream.range(0, count).mapToObj(i -> "line " + i).toArray(String[]::new);
  }

  /// F56: what gathered during an outage is delivered oldest first, once.
  @Test
  void afterAnOutageTheOldestComesFirst() throws Exception {
    try (var loki = new ScriptedLoki(push -> Reply.of(503, "down"));
        var write = new Running(storage, endpoint(loki.url(), "batch_size = \"512B\""))) {
      for (String line : numbered(200)) {
        write.send(line);
      }
      await().until(() -> loki.received().size() > 3);

      loki.answer(push -> ScriptedLoki.OK);

      await().until(() -> write.delivered() == 200);
      assertThat(texts(loki.stored())).containsExactly(numbered(200));
    }
  }

  /// F57: of a backlog, what Loki finds too old is counted and passed over once; the rest follows
  /// in order.
  @Test
  void ofABacklogWhatIsTooOldIsCountedAndHoldsUpNothing() throws Exception {
    try (var loki = new ScriptedLoki(push -> Reply.of(503, "down"));
        var write = new Running(storage, endpoint(loki.url(), "batch_size = \"1KiB\""))) {
      String[] lines = numbered(100);
      write.send(lines);
      await().until(() -> loki.received().size() > 2);

      loki.answer(SinkFaultsTest::refusingUpTo50Seconds);

      await().until(() -> write.delivered() == 1);
      assertThat(texts(loki.stored()))
          .containsExactly(List.of(lines).subList(50, 100).toArray(String[]::new));
      assertThat(write.dropped("ingester_error")).isEqualTo(50);
    }
  }

  private static Reply refusingUpTo50Seconds(Received push) {
    long old = push.lines().stream().filter(line -> line.timestamp() <= 50_000_000_000L).count();
    return old == 0
        ? ScriptedLoki.OK
        : Reply.storing(
            line -> line.timestamp() > 50_000_000_000L,
            400,
            old
                + " errors like: entry for stream '{job=\"test\"}' has timestamp too old:"
                + " 1970-01-01T00:00:01Z, oldest acceptable timestamp is: 1970-01-01T00:00:51Z");
  }

  /// F58: statuses after which the same bytes come again until they are taken.
  @ParameterizedTest
  @ValueSource(ints = {301, 302, 401, 403, 404, 405, 408, 415, 429, 500, 501, 502, 503, 504, 599})
  void sendsTheSameBytesAgainAfterAStatusThatMayPass(int status) throws Exception {
    try (var loki =
            new ScriptedLoki(
                push -> push.number() <= 2 ? Reply.of(status, "no") : ScriptedLoki.OK);
        var write = new Running(storage, endpoint(loki.url()))) {
      write.send("one", "two");

      await().until(() -> write.delivered() == 1);
      assertThat(loki.received()).hasSize(3);
      assertThat(loki.received().stream().map(Received::body).distinct()).hasSize(1);
      assertThat(texts(loki.stored())).containsExactly("one", "two");
      assertThat(write.metric("loki_write_dropped_entries_total")).isZero();
    }
  }

  /// F58: statuses with which a line that is refused alone is given up, and counted.
  @ParameterizedTest
  @CsvSource({"400, ingester_error", "422, ingester_error", "413, line_too_long"})
  void givesUpALineThatIsRefusedAlone(int status, String reason) throws Exception {
    try (var loki =
            new ScriptedLoki(push ->
                push.lines().stream().anyMatch(line -> line.text().equals("poison"))
                    ? Reply.of(status, "no")
                    : ScriptedLoki.OK);
        var write = new Running(storage, endpoint(loki.url()))) {
      write.send("one", "poison", "two");
      write.send("three");

      await().until(() -> write.delivered() == 2);
      assertThat(texts(loki.stored())).containsExactly("one", "two", "three");
      assertThat(write.dropped(reason)).isEqualTo(1);
      assertThat(write.metric("loki_write_dropped_entries_total")).isEqualTo(1);
    }
  }

  /// F58: success, however it is put.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.0 200 OK\r\n\r\nuntil the end",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"
      })
  void takesEveryFormOfSuccess(String answer) throws Exception {
    try (var loki =
            new RawLoki((server, socket, number) -> {
              if (server.push(socket, true)) {
                RawLoki.write(socket, answer);
              }
            });
        var write = new Running(storage, endpoint(loki.url()))) {
      write.send("one");
      await().until(() -> write.delivered() == 1);
      write.send("two");
      await().until(() -> write.delivered() == 2);

      assertThat(texts(loki.stored())).containsExactly("one", "two");
    }
  }

  /// F58: failures, however they are put; what is said is cut to a bearable length.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 503 Down\r\nTransfer-Encoding: chunked\r\n\r\n4\r\ndown\r\n0\r\n\r\n",
        "HTTP/1.1 503 Down\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\u001f\u008b\b",
        "HTTP/1.1 500 Error\r\nContent-Length: 1000000\r\n\r\n",
        "HTTP/1.0 502 Bad Gateway\r\n\r\n<html>",
        "HTTP/1.1 503 Down\r\nTransfer-Encoding: chunked\r\n\r\nnonsense",
        "HTTP/1.1 2",
        "SSH-2.0-OpenSSH_9.6\r\n",
        ""
      })
  void sendsTheSameBytesAgainAfterEveryFormOfFailure(String answer) throws Exception {
    String padding = answer.contains("1000000") ? "x".repeat(1_000_000) : "";
    try (var loki = RawLoki.first(answer + padding);
        var write = new Running(storage, endpoint(loki.url()))) {
      write.send("one");

      await().until(() -> write.delivered() == 1);
      assertThat(texts(loki.stored())).containsExactly("one");
      assertThat(loki.bodies().stream().distinct()).hasSize(1);
    }
  }

  /// F59: a server that asks to be left alone is.
  @Test
  void waitsAsLongAsAServerAsksFor() throws Exception {
    var busy = new Reply(429, "slow down", Map.of("Retry-After", "600"));
    try (var loki = new ScriptedLoki(push -> busy)) {
      var write = new Running(storage, endpoint(loki.url()));
      write.send("one");
      await().until(() -> write.component().health().isPresent());

      write.stop();

      // Stopping ends the wait, so that there is a second attempt, but no third.
      assertThat(loki.received()).hasSizeLessThanOrEqualTo(2);
      assertThat(write.failed()).isEqualTo(1);
    }
  }

  /// F61: a hundred times stored without an answer: the bytes that come again are the same.
  @Test
  void sendsIdenticalBytesAfterAHundredLostAnswers() throws Exception {
    try (var loki =
            new ScriptedLoki(push -> push.number() % 2 == 1 ? Reply.LOST_ANSWER : ScriptedLoki.OK);
        var write = new Running(storage, endpoint(loki.url()))) {
      for (int i = 1; i <= 100; i++) {
        int batches = i;
        write.send("line " + i);
        await().until(() -> write.delivered() == batches);
      }
      assertThat(loki.received()).hasSize(200);
      for (int i = 0; i < 200; i += 2) {
        assertThat(loki.received().get(i).body()).isEqualTo(loki.received().get(i + 1).body());
      }
      assertThat(loki.stored().stream().distinct()).hasSize(100);
    }
  }

  private static String impatient(String url) {
    return endpoint(url, "remote_timeout = \"2s\"");
  }

  private static Batch large(Running write) {
    var batch = write.batch();
    var random = new java.util.Random(1);
    for (int i = 0; i < 64; i++) {
      var line = new byte[64 << 10];
      random.nextBytes(line);
      Entry entry = batch.add();
      entry.labels(Running.LABELS);
      entry.line(line, 0, line.length);
    }
    return batch;
  }

  /// F62: the connection is reset in the middle of a push.
  @Test
  void sendsAgainWhatWasResetInTheMiddle() throws Exception {
    try (var loki =
            new RawLoki((server, socket, number) -> {
              if (number <= 2) {
                socket.getInputStream().readNBytes(10_000);
                socket.setSoLinger(true, 0);
                return;
              }
              while (server.push(socket, true)) {
                RawLoki.write(socket, OK);
              }
            });
        var write = new Running(storage, endpoint(loki.url()))) {
      write.send(large(write));

      await().until(() -> write.delivered() == 1);
      assertThat(loki.stored()).hasSize(64);
      assertThat(loki.connections()).isGreaterThanOrEqualTo(3);
    }
  }

  /// F62: a server that does not read on, that never answers, that closes its side, or that answers
  /// byte by byte: time ends the request, and another connection takes its place.
  @ParameterizedTest
  @ValueSource(strings = {"reads little", "never answers", "half-closes", "drips"})
  void replacesAConnectionThatLeadsNowhere(String manner) throws Exception {
    try (var loki =
            new RawLoki((server, socket, number) -> {
              if (number == 1) {
                misbehave(manner, server, socket);
                return;
              }
              while (server.push(socket, true)) {
                RawLoki.write(socket, OK);
              }
            });
        var write = new Running(storage, impatient(loki.url()))) {
      write.send("one", "two");

      await().until(() -> write.delivered() == 1);
      assertThat(loki.stored().stream().map(Line::text).distinct()).containsExactly("one", "two");
      assertThat(loki.connections()).isGreaterThan(1);
      assertThat(loki.bodies().stream().distinct()).hasSize(1);
    }
  }

  private static void misbehave(String manner, RawLoki loki, java.net.Socket socket)
      throws java.io.IOException {
    switch (manner) {
      case "reads little" -> socket.getInputStream().readNBytes(1);
      case "half-closes" -> {
        loki.push(socket, false);
        socket.shutdownOutput();
      }
      case "drips" -> {
        loki.push(socket, false);
        RawLoki.write(socket, "HTTP/1.1 2");
      }
      default -> loki.push(socket, false);
    }
    loki.keepOpen();
  }

  /// F65: labels with more values than streams are remembered: every line arrives.
  @Test
  void sendsMoreStreamsThanItRemembers() throws Exception {
    int count = 20_000;
    try (var loki = ScriptedLoki.willing();
        var write = new Running(storage, endpoint(loki.url()))) {
      for (int i = 0; i < count; i += 1000) {
        Batch batch = write.batch();
        for (int k = i; k < i + 1000; k++) {
          Entry entry = batch.add();
          entry.labels(Labels.of("request", "r" + k));
          entry.line("x");
        }
        write.send(batch);
      }
      await().until(() -> write.delivered() == count / 1000);
      assertThat(loki.stored().stream().map(Line::labels).distinct()).hasSize(count);
    }
  }
}
