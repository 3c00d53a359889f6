package dev.weir.agent.loki.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.httpclient.HttpClientArguments;
import dev.weir.agent.loki.write.ScriptedLoki.Line;
import dev.weir.agent.loki.write.ScriptedLoki.Received;
import dev.weir.agent.loki.write.ScriptedLoki.Reply;
import dev.weir.agent.river.eval.ByteSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LokiWriteTest {
  @TempDir Path storage;

  private static LokiWrite.Arguments arguments(String... urls) {
    List<EndpointArguments> endpoints =
        List.of(urls).stream().map(LokiWriteTest::endpoint).toList();
    return new LokiWrite.Arguments(0, Map.of(), endpoints, null);
  }

  private static EndpointArguments endpoint(String url) {
    var client =
        new HttpClientArguments(
            null, null, true, true, Map.of(), null, null, false, Map.of(), null, null, null, null);
    return new EndpointArguments(
        url,
        "",
        Duration.ofMillis(10),
        new ByteSize(1 << 20),
        Duration.ofSeconds(10),
        Map.of(),
        Duration.ofMillis(1),
        Duration.ofMillis(10),
        0,
        true,
        "",
        client,
        new EndpointArguments.QueueConfig(new ByteSize(10 << 20), 1, Duration.ofMillis(200), true));
  }

  @Test
  void deliversEntriesWithLabelsTimeAndText() throws Exception {
    try (var loki = ScriptedLoki.willing();
        var write = new Running(storage, arguments(loki.url()))) {
      write.send("one", "two");

      await().until(() -> write.delivered() == 1);
      assertThat(loki.stored())
          .containsExactly(
              new Line("{job=\"test\"}", 1_000_000_000L, "one", Map.of()),
              new Line("{job=\"test\"}", 2_000_000_000L, "two", Map.of()));
    }
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
                  default -> ScriptedLoki.OK;
                });
        var write = new Running(storage, arguments(loki.url()))) {
      write.send("one", "two");

      await().until(() -> write.delivered() == 1);
      assertThat(loki.received()).hasSizeGreaterThanOrEqualTo(5);
      assertThat(loki.received().stream().map(Received::body).distinct()).hasSize(1);
      assertThat(write.failed()).isZero();
    }
  }

  @Test
  void dropsOnlyThePoisonLine() throws Exception {
    try (var loki =
            new ScriptedLoki(push ->
                push.lines().stream().anyMatch(line -> line.text().equals("poison"))
                    ? Reply.of(400, "I do not like it")
                    : ScriptedLoki.OK);
        var write = new Running(storage, arguments(loki.url()))) {
      write.send("a", "b", "c", "poison", "d", "e", "f");

      await().until(() -> write.delivered() == 1);
      assertThat(loki.stored().stream().map(Line::text))
          .containsExactly("a", "b", "c", "d", "e", "f");
      assertThat(write.metrics())
          .containsPattern("loki_write_dropped_entries_total\\{.*reason=\"ingester_error\".*} 1.0");
    }
  }

  @Test
  void handsUndeliveredEntriesBackWhenStopped() throws Exception {
    try (var loki = new ScriptedLoki(push -> Reply.of(503, "down"))) {
      var write = new Running(storage, arguments(loki.url()));
      write.send("one");
      await().until(() -> !loki.received().isEmpty());

      write.stop();

      assertThat(write.failed()).isEqualTo(1);
      assertThat(write.delivered()).isZero();
    }
  }

  @Test
  void flushesWhatIsOpenWhenStopped() throws Exception {
    try (var loki = ScriptedLoki.willing()) {
      var write = new Running(storage, arguments(loki.url()));
      write.send("one");

      write.stop();

      assertThat(loki.stored()).hasSize(1);
      assertThat(write.delivered()).isEqualTo(1);
    }
  }
}
