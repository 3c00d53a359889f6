package dev.weir.agent.loki.write;

import static dev.weir.agent.loki.write.Running.endpoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.loki.write.ScriptedLoki.Line;
import dev.weir.agent.loki.write.ScriptedLoki.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Of several errors Loki tells one: a refusal by one ingester may hide that another has failed.
class SuspicionTest {
  private static final String REFUSAL =
      "1 errors like: entry for stream '{job=\"test\"}' has timestamp too old:"
          + " 1970-01-01T00:00:01Z, oldest acceptable timestamp is: 1970-01-01T00:00:02Z";

  @TempDir Path storage;

  private static boolean isOld(Line line) {
    return line.text().equals("old");
  }

  /// Two ingesters behind one distributor: one refuses "old", the other, which has "theirs", is
  /// down for some pushes. Where both fail, the refusal is told.
  private static Reply answer(ScriptedLoki.Received push, int downUntil) {
    boolean down =
        push.number() <= downUntil
            && push.lines().stream().anyMatch(l -> l.text().equals("theirs"));
    boolean refused = push.lines().stream().anyMatch(SuspicionTest::isOld);
    if (refused) {
      return Reply.storing(
          line -> !isOld(line) && !(down && line.text().equals("theirs")), 400, REFUSAL);
    }
    return down ? Reply.of(500, "rpc error: code = Unavailable") : ScriptedLoki.OK;
  }

  @Test
  void doesNotBelieveARefusalWhileIngestersFail() throws Exception {
    try (var loki = new ScriptedLoki(push -> answer(push, 6));
        var write = new Running(storage, endpoint(loki.url()))) {
      write.send("theirs");
      await().until(() -> loki.received().size() >= 2);
      write.send("old", "ours", "ours too", "theirs");

      await().until(() -> write.delivered() == 2);
      assertThat(loki.stored()).extracting(Line::text).contains("ours", "ours too");
      assertThat(loki.stored().stream().filter(line -> line.text().equals("theirs")).distinct())
          .hasSize(2);
      assertThat(write.dropped("ingester_error")).isEqualTo(1);
    }
  }

  @Test
  void believesItWhenNothingElseIsWrong() throws Exception {
    try (var loki = new ScriptedLoki(push -> answer(push, 0));
        var write = new Running(storage, endpoint(loki.url()))) {
      write.send("old", "ours", "ours too", "theirs");

      await().until(() -> write.delivered() == 1);
      assertThat(loki.received()).hasSize(1);
    }
  }

  @Test
  void forgetsAfterTwoMinutes() {
    var now = new AtomicReference<>(Instant.EPOCH);
    var status = new EndpointStatus("loki", now::get);
    status.failed(new Answer(503, "down", null));
    status.failed(new Answer(Answer.NONE, "refused", null));
    assertThat(status.isTroubledInside()).isFalse();

    status.failed(new Answer(500, "rpc error", null));
    assertThat(status.isTroubledInside()).isTrue();

    now.set(Instant.EPOCH.plus(Duration.ofSeconds(119)));
    assertThat(status.isTroubledInside()).isTrue();
    now.set(Instant.EPOCH.plus(Duration.ofSeconds(121)));
    assertThat(status.isTroubledInside()).isFalse();
  }
}
