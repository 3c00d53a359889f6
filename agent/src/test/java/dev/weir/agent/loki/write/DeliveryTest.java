package dev.weir.agent.loki.write;

import static dev.weir.agent.loki.write.Running.endpoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.Metadata;
import dev.weir.agent.loki.write.ScriptedLoki.Line;
import dev.weir.agent.loki.write.ScriptedLoki.Received;
import dev.weir.agent.loki.write.ScriptedLoki.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryTest {
  @TempDir Path storage;

  @Test
  void deliversEntriesWithLabelsTimeAndText() throws Exception {
    try (var loki = ScriptedLoki.willing();
        var write = new Running(storage, endpoint(loki.url()))) {
      write.send("one", "");

      await().until(() -> write.delivered() == 1);
      assertThat(loki.stored())
          .containsExactly(
              new Line("{job=\"test\"}", 1_000_000_000L, "one", Map.of()),
              new Line("{job=\"test\"}", 2_000_000_000L, "", Map.of()));
    }
  }

  @Test
  void deliversStructuredMetadata() throws Exception {
    try (var loki = ScriptedLoki.willing();
        var write = new Running(storage, endpoint(loki.url()))) {
      Batch batch = write.batch();
      Entry entry = batch.add();
      entry.line("text");
      entry.timestamp(1_700_000_000_123_456_789L);
      entry.metadata(Metadata.of("trace_id", "abc", "ort", "Köln 🙂"));
      write.send(batch);

      await().until(() -> write.delivered() == 1);
      assertThat(loki.stored())
          .containsExactly(
              new Line(
                  "{}",
                  1_700_000_000_123_456_789L,
                  "text",
                  Map.of("trace_id", "abc", "ort", "Köln 🙂")));
    }
  }

  @Test
  void addsExternalLabelsAndRemovesInternalOnes() throws Exception {
    String arguments = "external_labels = { cluster = \"c1\", job = \"other\" }\n";
    try (var loki = ScriptedLoki.willing();
        var write = new Running(storage, arguments + endpoint(loki.url()))) {
      Batch batch = write.batch();
      batch.add().labels(Labels.of("job", "mine", "__path__", "/var/log/x"));
      write.send(batch);

      await().until(() -> write.delivered() == 1);
      assertThat(loki.stored())
          .extracting(Line::labels)
          .containsExactly("{cluster=\"c1\", job=\"mine\"}");
    }
  }

  @Test
  void sendsEachTenantItsOwnPushes() throws Exception {
    try (var loki = ScriptedLoki.willing();
        var write = new Running(storage, endpoint(loki.url(), "tenant_id = \"usual\""))) {
      Batch batch = write.batch();
      batch.add().labels(Labels.of("a", "1"));
      batch.add().labels(Labels.of("a", "1", "__tenant_id__", "special\r\nX-Evil: 1"));
      write.send(batch);

      await().until(() -> write.delivered() == 1);
      assertThat(loki.received())
          .extracting(push -> push.headers().get("x-scope-orgid"))
          .containsExactlyInAnyOrder("usual", "special__X-Evil: 1");
      assertThat(loki.stored()).extracting(Line::labels).containsOnly("{a=\"1\"}");
    }
  }

  @Test
  void sendsTheHeadersOfTheProtocolAndTheUsersOwn() throws Exception {
    String headers = "headers = { \"X-Mine\" = \"yes\", \"Content-Type\" = \"text/evil\" }";
    try (var loki = ScriptedLoki.willing();
        var write = new Running(storage, endpoint(loki.url(), headers))) {
      write.send("one");

      await().until(() -> write.delivered() == 1);
      assertThat(loki.received().getFirst().headers())
          .containsEntry("", "POST /loki/api/v1/push HTTP/1.1")
          .containsEntry("content-type", "application/x-protobuf")
          .containsEntry("content-encoding", "snappy")
          .containsEntry("user-agent", "Weir/0.1.0")
          .containsEntry("x-mine", "yes");
    }
  }

  @Test
  void keepsTheOrderOfEveryStream() throws Exception {
    try (var loki = ScriptedLoki.willing();
        var write = new Running(storage, endpoint(loki.url(), "batch_size = \"512B\""))) {
      for (int i = 0; i < 50; i++) {
        write.send("a" + i, "b" + i, "c" + i);
      }

      await().until(() -> write.delivered() == 50);
      assertThat(loki.received()).hasSizeGreaterThan(1);
      assertThat(loki.stored()).extracting(Line::text).startsWith("a0", "b0", "c0", "a1");
      assertThat(loki.stored().stream().map(Line::text).filter(text -> text.startsWith("a")))
          .isEqualTo(java.util.stream.IntStream.range(0, 50).mapToObj(i -> "a" + i).toList());
    }
  }

  @Test
  void neverMakesAPushLargerThanTheBatchSizeExceptForOneLongEntry() throws Exception {
    try (var loki = ScriptedLoki.willing();
        var write = new Running(storage, endpoint(loki.url(), "batch_size = \"1KiB\""))) {
      String line = "x".repeat(300);
      write.send(line, line, line, line, line, "y".repeat(5000), line);

      await().until(() -> write.delivered() == 1);
      assertThat(loki.received())
          .extracting(push -> push.lines().stream().map(l -> l.text().length()).toList())
          .allMatch(lengths -> lengths.equals(List.of(5000)) || sum(lengths) < 1024);
    }
  }

  private static int sum(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).sum();
  }

  @Test
  void sendsIdenticalBytesAgainUntilTheyAreTaken() throws Exception {
    try (var loki =
            new ScriptedLoki(push ->
                switch (push.number()) {
                  case 1 -> Reply.of(500, "no");
                  case 2 -> Reply.LOST_ANSWER;
                  case 3 -> Reply.of(429, "slow down");
                  case 4 -> Reply.of(401, "who are you");
                  case 5 -> Reply.of(404, "where am I");
                  default -> ScriptedLoki.OK;
                });
        var write = new Running(storage, endpoint(loki.url()))) {
      write.send("one", "two");

      await().until(() -> write.delivered() == 1);
      assertThat(loki.received()).hasSizeGreaterThanOrEqualTo(6);
      assertThat(loki.received().stream().map(Received::body).distinct()).hasSize(1);
      assertThat(write.failed()).isZero();
      // One was sent again at once: its connection broke without an answer.
      assertThat(write.metric("loki_write_batch_retries_total")).isGreaterThanOrEqualTo(4);
    }
  }

  @Test
  void holdsADeliveryUntilEveryEndpointHasIt() throws Exception {
    try (var good = ScriptedLoki.willing();
        var bad = new ScriptedLoki(push -> Reply.of(503, "down"));
        var write = new Running(storage, endpoint(good.url()) + endpoint(bad.url()))) {
      write.send("one");
      write.send("two");
      await().until(() -> good.stored().size() == 2);
      await().until(() -> bad.received().size() > 2);
      assertThat(write.delivered()).isZero();

      bad.answer(push -> ScriptedLoki.OK);

      await().until(() -> write.delivered() == 2);
    }
  }

  @Test
  void goesOnWhenAServerThatWasNotThereComesUp() throws Exception {
    int port;
    try (var loki = ScriptedLoki.willing()) {
      port = loki.port();
    }
    String url = "http://127.0.0.1:" + port + "/loki/api/v1/push";
    try (var write = new Running(storage, endpoint(url))) {
      write.send("one");
      await().until(() -> write.metric("loki_write_batch_retries_total") > 0);
      assertThat(write.component().health()).isPresent();

      try (var loki = ScriptedLoki.at(port)) {
        await().until(() -> write.delivered() == 1);
        assertThat(loki.stored()).hasSize(1);
        assertThat(write.component().health()).isEmpty();
      }
    }
  }
}
