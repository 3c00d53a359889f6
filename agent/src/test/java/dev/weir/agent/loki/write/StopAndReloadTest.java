package dev.weir.agent.loki.write;

import static dev.weir.agent.loki.write.Running.endpoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.loki.write.ScriptedLoki.Line;
import dev.weir.agent.loki.write.ScriptedLoki.Reply;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopAndReloadTest {
  @TempDir Path storage;

  @Test
  void sendsWhatIsOpenWhenStopped() throws Exception {
    try (var loki = ScriptedLoki.willing()) {
      var write = new Running(storage, endpoint(loki.url()).replace("\"10ms\"", "\"1h\""));
      write.send("one");

      write.stop();

      assertThat(loki.stored()).hasSize(1);
      assertThat(write.delivered()).isEqualTo(1);
    }
  }

  @Test
  void handsUndeliveredEntriesBackWhenStopped() throws Exception {
    try (var loki = new ScriptedLoki(push -> Reply.of(503, "down"))) {
      var write = new Running(storage, endpoint(loki.url()));
      write.send("one");
      write.send("two");
      await().until(() -> !loki.received().isEmpty());

      write.stop();

      assertThat(write.failed()).isEqualTo(2);
      assertThat(write.delivered()).isZero();
    }
  }

  @Test
  void stopsWhileAServerDoesNotAnswer() throws Exception {
    try (var loki = new ScriptedLoki(push -> Reply.SILENCE)) {
      var write = new Running(storage, endpoint(loki.url()));
      write.send("one");
      await().until(() -> !loki.received().isEmpty());

      write.stop();

      assertThat(write.failed()).isEqualTo(1);
    }
  }

  @Test
  void handsBackWhatComesAfterTheStop() throws Exception {
    try (var loki = ScriptedLoki.willing()) {
      var write = new Running(storage, endpoint(loki.url()));
      write.stop();

      write.send("late");

      assertThat(write.failed()).isEqualTo(1);
      assertThat(loki.received()).isEmpty();
    }
  }

  @Test
  void keepsAnUnchangedEndpointWithItsQueue() throws Exception {
    try (var loki = new ScriptedLoki(push -> Reply.of(503, "down"));
        var other = ScriptedLoki.willing();
        var write = new Running(storage, endpoint(loki.url()))) {
      write.send("one");
      await().until(() -> !loki.received().isEmpty());

      write.update(endpoint(loki.url()) + endpoint(other.url()));
      loki.answer(push -> ScriptedLoki.OK);

      await().until(() -> write.delivered() == 1);
      write.send("two");
      await().until(() -> write.delivered() == 2);
      assertThat(loki.stored()).extracting(Line::text).containsExactly("one", "two");
      assertThat(other.stored()).extracting(Line::text).containsExactly("two");
      assertThat(write.failed()).isZero();
    }
  }

  @Test
  void letsARemovedEndpointFinish() throws Exception {
    try (var old = ScriptedLoki.willing();
        var fresh = ScriptedLoki.willing();
        var write = new Running(storage, endpoint(old.url()).replace("\"10ms\"", "\"1h\""))) {
      write.send("one");

      write.update(endpoint(fresh.url()));
      write.send("two");

      await().until(() -> write.delivered() == 2);
      assertThat(old.stored()).extracting(Line::text).containsExactly("one");
      assertThat(fresh.stored()).extracting(Line::text).containsExactly("two");
    }
  }

  @Test
  void handsBackWhatARemovedEndpointCouldNotDeliver() throws Exception {
    try (var dead = new ScriptedLoki(push -> Reply.of(503, "down"));
        var fresh = ScriptedLoki.willing();
        var write = new Running(storage, endpoint(dead.url()))) {
      write.send("one");

      write.update(endpoint(fresh.url()));

      await().until(() -> write.failed() == 1);
      write.send("one");
      await().until(() -> write.delivered() == 1);
    }
  }

  @Test
  void refusesTwoEndpointsOfOneName() throws Exception {
    String arguments =
        endpoint("http://a/", "name = \"x\"") + endpoint("http://b/", "name = \"x\"");
    assertThatThrownBy(() -> new Running(storage, arguments))
        .hasMessageContaining(
            "duplicate endpoint configs are not allowed, found duplicate for name: x");
  }

  @Test
  void doesNotRepeatThePasswordOfABadUrl() throws Exception {
    assertThatThrownBy(() -> new Running(storage, endpoint("http://u:hush@[bad/")))
        .hasMessageContaining("url is not valid")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hush@"));
  }
}
