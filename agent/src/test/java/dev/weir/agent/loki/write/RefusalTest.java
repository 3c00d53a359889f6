package dev.weir.agent.loki.write;

import static dev.weir.agent.loki.write.Running.endpoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.loki.write.ScriptedLoki.Line;
import dev.weir.agent.loki.write.ScriptedLoki.Received;
import dev.weir.agent.loki.write.ScriptedLoki.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest {
  @TempDir Path storage;

  private static ScriptedLoki refusing(int status, String text, Predicate<Line> poison)
      throws Exception {
    return new ScriptedLoki(
        push -> push.lines().stream().anyMatch(poison) ? Reply.of(status, text) : ScriptedLoki.OK);
  }

  @Test
  void dropsOnlyThePoisonLineAndFindsItInFewRequests() throws Exception {
    String[] lines = IntStream.range(0, 1000).mapToObj(i -> "line " + i).toArray(String[]::new);
    try (var loki = refusing(400, "no", line -> line.text().equals("line 637"));
        var write = new Running(storage, endpoint(loki.url()))) {
      write.send(lines);

      await().until(() -> write.delivered() == 1);
      List<String> expected = List.of(lines).stream().filter(l -> !l.equals("line 637")).toList();
      assertThat(loki.stored()).extracting(Line::text).containsExactlyElementsOf(expected);
      assertThat(write.dropped("ingester_error")).isEqualTo(1);
      assertThat(loki.received()).hasSizeLessThanOrEqualTo(2 * 10 + 2);
    }
  }

  /// A Loki that stores the rest of a push of which it refuses some.
  private static ScriptedLoki refusingSome(String text, Predicate<Line> poison) throws Exception {
    return new ScriptedLoki(push ->
        push.lines().stream().anyMatch(poison)
            ? Reply.storing(poison.negate(), 400, text)
            : ScriptedLoki.OK);
  }

  private static String dropped(Running write) {
    return "ingester_error %.0f, line_too_long %.0f"
        .formatted(write.dropped("ingester_error"), write.dropped("line_too_long"));
  }

  @Test
  void sendsNothingAgainWhenLokiRefusesWhatIsTooOld() throws Exception {
    String text =
        "2 errors like: entry for stream '{job=\"test\"}' has timestamp too old:"
            + " 1970-01-01T00:00:01Z, oldest acceptable timestamp is: 1970-01-01T00:00:03Z";
    try (var loki = refusingSome(text, line -> line.timestamp() < 3_000_000_000L);
        var write = new Running(storage, endpoint(loki.url()))) {
      write.send("one", "two", "three", "four");

      await().until(() -> write.delivered() == 1);
      assertThat(loki.stored()).extracting(Line::text).containsExactly("three", "four");
      assertThat(dropped(write)).isEqualTo("ingester_error 2, line_too_long 0");
      assertThat(write.sent()).isEqualTo(2);
      assertThat(loki.received()).hasSize(1);
    }
  }

  @Test
  void sendsNothingAgainWhenLokiRefusesWhatIsTooLong() throws Exception {
    String text =
        "1 errors like: Max entry size '100' bytes exceeded for stream '{job=\"test\"}' while adding"
            + " an entry with length '300' bytes; 1 errors like: Max entry size '100' bytes exceeded for stream '{job=\"test\"}'"
            + " while adding an entry with length '101' bytes";
    try (var loki = refusingSome(text, line -> line.text().length() > 100);
        var write = new Running(storage, endpoint(loki.url()))) {
      write.send("short", "x".repeat(300), "y".repeat(100), "z".repeat(101));

      await().until(() -> write.delivered() == 1);
      assertThat(loki.stored()).extracting(Line::text).containsExactly("short", "y".repeat(100));
      assertThat(dropped(write)).isEqualTo("ingester_error 0, line_too_long 2");
      assertThat(loki.received()).hasSize(1);
    }
  }

  @Test
  void countsWhatLokiSaysThatItIgnored() throws Exception {
    String text =
        "entry with timestamp 1970-01-01 00:00:02 +0000 UTC ignored, reason: 'entry too far behind,"
            + " entry timestamp is: 1970-01-01T00:00:02Z, oldest acceptable timestamp is:"
            + " 1970-01-01T00:00:03Z',\nuser 'fake', total ignored: 3 out of 5 for stream:"
            + " {job=\"test\"}";
    try (var loki = refusingSome(text, line -> !line.text().startsWith("good"));
        var write = new Running(storage, endpoint(loki.url()))) {
      write.send("good 1", "a", "b", "c", "good 2");

      await().until(() -> write.delivered() == 1);
      assertThat(loki.stored()).extracting(Line::text).containsExactly("good 1", "good 2");
      assertThat(dropped(write)).isEqualTo("ingester_error 3, line_too_long 0");
      assertThat(write.sent()).isEqualTo(2);
      assertThat(loki.received()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "entry for stream '%s' has 16 label names; limit 15",
        "stream '%s' has label name too long: 'aaaaa'",
        "stream '%s' has label value too long: 'aaaaa'",
        "Error parsing labels '%s' with error: 1:2: parse error",
        "missing required labels team for user fake for stream %s",
        "2 errors like: entry for stream '{job=\"test\"}' has timestamp too new:"
            + " 2999-01-01T00:00:00Z; 1 errors like: stream '%s' has label name too long: 'a'"
      })
  void countsEveryEntryOfAStreamThatIsRefused(String message) throws Exception {
    String bad = "{job=\"bad\"}";
    // As Loki calls it.
    String named = "{job=\"bad\", service_name=\"bad\"}";
    try (var loki = refusingSome(message.formatted(named), line -> line.labels().equals(bad));
        var write = new Running(storage, endpoint(loki.url()))) {
      var batch = write.batch();
      for (String job : List.of("good", "bad", "good", "bad", "bad", "good")) {
        batch.add().labels(dev.weir.agent.loki.Labels.of("job", job));
      }
      write.send(batch);

      await().until(() -> write.delivered() == 1);
      int others = message.startsWith("2 errors") ? 2 : 0;
      assertThat(write.dropped("ingester_error")).isEqualTo(3 + others);
      assertThat(loki.stored()).hasSize(3);
      assertThat(loki.received()).hasSize(1);
    }
  }

  @Test
  void givesUpOnAPushThatIsAllPoisonAfterFewRequests() throws Exception {
    String[] lines = IntStream.range(0, 5000).mapToObj(i -> "line " + i).toArray(String[]::new);
    try (var loki = refusing(400, "no", line -> true);
        var write = new Running(storage, endpoint(loki.url()))) {
      write.send(lines);

      await().until(() -> write.delivered() == 1);
      assertThat(write.dropped("ingester_error")).isEqualTo(5000);
      assertThat(loki.received()).hasSizeLessThan(300);
    }
  }

  @Test
  void splitsWhatIsTooLargeAndDropsALineThatIsTooLargeAlone() throws Exception {
    try (var loki =
            new ScriptedLoki(
                push -> size(push) > 1000 ? Reply.of(413, "too large") : ScriptedLoki.OK);
        var write = new Running(storage, endpoint(loki.url()))) {
      write.send("a".repeat(600), "b".repeat(600), "c".repeat(2000), "d".repeat(10));

      await().until(() -> write.delivered() == 1);
      assertThat(loki.stored())
          .extracting(Line::text)
          .containsExactly("a".repeat(600), "b".repeat(600), "d".repeat(10));
      assertThat(write.dropped("line_too_long")).isEqualTo(1);
    }
  }

  @Test
  void splitsWhatLokisPartsCannotHandOn() throws Exception {
    String text =
        "rpc error: code = ResourceExhausted desc = grpc: received message larger than max (5235077"
            + " vs. 4194304)";
    try (var loki =
            new ScriptedLoki(push -> size(push) > 1000 ? Reply.of(500, text) : ScriptedLoki.OK);
        var write = new Running(storage, endpoint(loki.url()))) {
      write.send("a".repeat(600), "b".repeat(600), "c".repeat(600));

      await().until(() -> write.delivered() == 1);
      assertThat(loki.stored())
          .extracting(Line::text)
          .containsExactly("a".repeat(600), "b".repeat(600), "c".repeat(600));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "label name is empty",
        "normalization for label name \"\u65e5\u672c\" resulted in invalid name \"_\""
      })
  void findsTheLineWhoseMetadataLokiTakesForItsOwnFault(String text) throws Exception {
    try (var loki = refusing(500, text, line -> line.text().equals("poison"));
        var write = new Running(storage, endpoint(loki.url()))) {
      write.send("one", "poison", "two", "three");

      await().until(() -> write.delivered() == 1);
      assertThat(loki.stored())
          .extracting(Line::text)
          .containsExactlyInAnyOrder("one", "two", "three");
      assertThat(write.dropped("ingester_error")).isEqualTo(1);
    }
  }

  private static int size(Received push) {
    return push.lines().stream().mapToInt(line -> line.text().length()).sum();
  }

  @Test
  void splitsWhatIsMoreThanTheBurstThatLokiAllows() throws Exception {
    int burst = 300_000;
    try (var loki =
            new ScriptedLoki(
                push -> size(push) > burst ? Reply.of(429, "too fast") : ScriptedLoki.OK);
        var write = new Running(storage, endpoint(loki.url()))) {
      String line = "x".repeat(100_000);
      write.send(line, line, line, line, line, line);

      await().until(() -> write.delivered() == 1);
      assertThat(loki.stored())
          .extracting(Line::timestamp)
          .containsExactly(
              1_000_000_000L,
              2_000_000_000L,
              3_000_000_000L,
              4_000_000_000L,
              5_000_000_000L,
              6_000_000_000L);
    }
  }

  @Test
  void keepsASmallPushWholeHoweverOftenItIsRefusedForHaste() throws Exception {
    try (var loki =
            new ScriptedLoki(
                push -> push.number() < 12 ? Reply.of(429, "too fast") : ScriptedLoki.OK);
        var write = new Running(storage, endpoint(loki.url()))) {
      write.send("a", "b", "c");

      await().until(() -> write.delivered() == 1);
      assertThat(loki.received()).hasSize(12);
      assertThat(loki.received().stream().map(Received::body).distinct()).hasSize(1);
    }
  }

  @Test
  void dropsOn429OnlyWhenToldTo() throws Exception {
    try (var loki = refusing(429, "too fast", line -> line.text().equals("one"));
        var write = new Running(storage, endpoint(loki.url(), "retry_on_http_429 = false"))) {
      write.send("one");
      await().until(() -> write.delivered() == 1);
      write.send("two");

      await().until(() -> write.delivered() == 2);
      assertThat(write.dropped("rate_limited")).isEqualTo(1);
      assertThat(loki.stored()).extracting(Line::text).containsExactly("two");
    }
  }

  @Test
  void dropsAfterSoManyAttemptsOnlyWhenToldTo() throws Exception {
    try (var loki = refusing(500, "down", line -> line.text().equals("one"));
        var write = new Running(storage, endpoint(loki.url(), "max_backoff_retries = 3"))) {
      write.send("one");
      await().until(() -> write.delivered() == 1);
      assertThat(loki.received()).hasSize(3);
      assertThat(write.dropped("ingester_error")).isEqualTo(1);
    }
  }

  @Test
  void dropsEntriesOfTooManyStreams() throws Exception {
    try (var loki = ScriptedLoki.willing();
        var write = new Running(storage, "max_streams = 1\n" + endpoint(loki.url()))) {
      var batch = write.batch();
      batch.add().labels(dev.weir.agent.loki.Labels.of("a", "1"));
      batch.add().labels(dev.weir.agent.loki.Labels.of("a", "2"));
      write.send(batch);

      await().until(() -> write.delivered() == 1);
      assertThat(loki.stored()).extracting(Line::labels).containsExactly("{a=\"1\"}");
      assertThat(write.dropped("stream_limited")).isEqualTo(1);
    }
  }
}
