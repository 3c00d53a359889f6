package dev.weir.agent.loki.write;

import static dev.weir.agent.loki.write.Running.endpoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.component.Buffers;
import dev.weir.agent.component.Egress;
import dev.weir.agent.component.Policy;
import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.Metadata;
import dev.weir.agent.loki.wal.WalStatus;
import dev.weir.agent.loki.write.ScriptedLoki.Line;
import dev.weir.agent.loki.write.ScriptedLoki.Reply;
import dev.weir.agent.testkit.TestContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteAheadLogTest {
  private static final String WAL = "wal {\n enabled = true\n drain_timeout = \"300ms\"\n}\n";

  @TempDir Path storage;

  private Path directory() {
    return storage.resolve("loki.write.test/wal");
  }

  private List<Path> segments() throws Exception {
    try (Stream<Path> files = Files.list(directory())) {
      return files.filter(file -> file.toString().endsWith(".weir")).sorted().toList();
    }
  }

  private static ScriptedLoki dead() throws Exception {
    return new ScriptedLoki(push -> Reply.of(503, "down"));
  }

  @Test
  void keepsEntriesAsTheyAre() throws Exception {
    try (var loki = ScriptedLoki.willing();
        var write = new Running(storage, WAL + endpoint(loki.url()))) {
      Batch batch = write.batch();
      for (String job : List.of("a", "b", "a")) {
        Entry entry = batch.add();
        entry.labels(Labels.of("job", job, "ort", "Köln", "__path__", "/x", "__tenant_id__", job));
        entry.timestamp(-1);
        entry.line("líne \ud83d\ude42 " + job);
        entry.metadata(Metadata.of("trace", "ü"));
      }
      batch.add().labels(Labels.EMPTY);
      write.send(batch);

      await().until(() -> loki.stored().size() == 4);
      assertThat(loki.stored())
          .filteredOn(line -> line.labels().contains("a"))
          .hasSize(2)
          .containsOnly(
              new Line(
                  "{job=\"a\", ort=\"Köln\"}", -1, "líne \ud83d\ude42 a", Map.of("trace", "ü")));
      assertThat(loki.received())
          .extracting(push -> push.headers().get("x-scope-orgid"))
          .containsExactlyInAnyOrder("a", "b", null);
    }
  }

  @Test
  void letsSourcesGoOnceEntriesAreOnDisk() throws Exception {
    try (var loki = dead();
        var write = new Running(storage, WAL + endpoint(loki.url()))) {
      write.send("one");

      await().until(() -> write.delivered() == 1);
      assertThat(loki.stored()).isEmpty();
      assertThat(segments()).hasSize(1);
    }
  }

  @Test
  void aDeadEndpointDoesNotHoldUpAHealthyOne() throws Exception {
    String queue = "drain_timeout = \"300ms\"\ncapacity = \"1KiB\"";
    try (var good = ScriptedLoki.willing();
        var bad = dead();
        var write =
            new Running(
                storage,
                WAL
                    + endpoint(bad.url(), "batch_size = \"1KiB\"")
                        .replace("drain_timeout = \"300ms\"", queue)
                    + endpoint(good.url()))) {
      for (int i = 0; i < 50; i++) {
        write.send("x".repeat(500) + i, "y".repeat(500) + i);
      }
      await().until(() -> good.stored().size() == 100);
      assertThat(bad.stored()).isEmpty();

      bad.answer(push -> ScriptedLoki.OK);

      await().until(() -> bad.stored().size() == 100);
      assertThat(bad.stored()).isEqualTo(good.stored());
    }
  }

  @Test
  void deliversAfterARestartWhatWasNotBefore() throws Exception {
    try (var loki = ScriptedLoki.willing()) {
      try (var write = new Running(storage, WAL + endpoint(loki.url()))) {
        write.send("one");
        await().until(() -> loki.stored().size() == 1);
        loki.answer(push -> Reply.of(503, "down"));
        write.send("two");
        write.send("three");
        await().until(() -> write.delivered() == 3);
        await().until(() -> loki.received().size() > 2);
      }
      loki.answer(push -> ScriptedLoki.OK);
      try (var write = new Running(storage, WAL + endpoint(loki.url()))) {
        await().until(() -> loki.stored().size() == 3);
        write.send("four");
        await().until(() -> loki.stored().size() == 4);
      }
      assertThat(loki.stored())
          .extracting(Line::text)
          .containsExactly("one", "two", "three", "four");
      assertThat(segments()).isEmpty();
    }
  }

  @Test
  void handsOnWhatItHasWhenStopped() throws Exception {
    try (var loki = ScriptedLoki.willing()) {
      var write = new Running(storage, WAL + endpoint(loki.url()).replace("\"10ms\"", "\"1h\""));
      write.send("one");

      write.stop();

      assertThat(loki.stored()).hasSize(1);
      assertThat(write.failed()).isZero();
    }
  }

  @Test
  void handsBackWhatComesAfterTheStop() throws Exception {
    try (var loki = ScriptedLoki.willing()) {
      var write = new Running(storage, WAL + endpoint(loki.url()));
      write.stop();

      write.send("late");

      assertThat(write.failed()).isEqualTo(1);
    }
  }

  @Test
  void switchedOffItIsLeftOnceEverythingIsDeliveredInOrder() throws Exception {
    try (var loki = dead();
        var write = new Running(storage, WAL + endpoint(loki.url()))) {
      write.send("one");
      await().until(() -> write.delivered() == 1);
      write.update(endpoint(loki.url()));
      write.send("two");
      await().until(() -> write.delivered() == 2);
      assertThat(write.component().debugInfo()).isPresent();

      loki.answer(push -> ScriptedLoki.OK);

      await().until(() -> write.component().debugInfo().isEmpty());
      write.send("three");
      await().until(() -> loki.stored().size() == 3);
      assertThat(loki.stored()).extracting(Line::text).containsExactly("one", "two", "three");
      assertThat(segments()).isEmpty();
    }
  }

  @Test
  void switchedOffBeforeAStartWhatItHoldsIsDeliveredFirst() throws Exception {
    try (var loki = dead()) {
      try (var write = new Running(storage, WAL + endpoint(loki.url()))) {
        write.send("one");
        await().until(() -> write.delivered() == 1);
      }
      loki.answer(push -> ScriptedLoki.OK);
      try (var write = new Running(storage, endpoint(loki.url()))) {
        write.send("two");
        await().until(() -> loki.stored().size() == 2);
        assertThat(loki.stored()).extracting(Line::text).containsExactly("one", "two");
        await().until(() -> write.component().debugInfo().isEmpty());
      }
    }
  }

  @Test
  void switchedOnWhileSomethingWaitsItKeepsTheOrder() throws Exception {
    try (var loki = dead();
        var write = new Running(storage, endpoint(loki.url()))) {
      write.send("one");
      write.update(WAL + endpoint(loki.url()));
      write.send("two");
      await().until(() -> write.delivered() == 1);

      loki.answer(push -> ScriptedLoki.OK);

      await().until(() -> write.delivered() == 2);
      await().until(() -> loki.stored().size() == 2);
      assertThat(loki.stored()).extracting(Line::text).containsExactly("one", "two");
    }
  }

  @Test
  void aChangedEndpointGoesOnWhereTheOldOneWas() throws Exception {
    try (var loki = ScriptedLoki.willing();
        var write = new Running(storage, WAL + endpoint(loki.url()))) {
      write.send("one");
      await().until(() -> loki.stored().size() == 1);
      loki.answer(push -> Reply.of(503, "down"));
      write.send("two");
      await().until(() -> write.delivered() == 2);
      await().until(() -> loki.received().size() > 1);

      write.update(WAL + endpoint(loki.url(), "batch_size = \"2MiB\""));
      write.send("three");
      loki.answer(push -> ScriptedLoki.OK);

      await().until(() -> loki.stored().size() == 3);
      assertThat(loki.stored()).extracting(Line::text).containsExactly("one", "two", "three");
    }
  }

  @Test
  void anEndpointInPlaceOfAnotherGetsWhatThatOneDidNot() throws Exception {
    try (var wrong = dead();
        var right = ScriptedLoki.willing();
        var write = new Running(storage, WAL + endpoint(wrong.url()))) {
      write.send("one");
      await().until(() -> write.delivered() == 1);
      await().until(() -> !wrong.received().isEmpty());

      write.update(WAL + endpoint(right.url()));

      await().until(() -> right.stored().size() == 1);
      assertThat(write.dropped("endpoint_removed")).isZero();
    }
  }

  @Test
  void countsWhatAnEndpointThatIsRemovedDoesNotGet() throws Exception {
    try (var good = ScriptedLoki.willing();
        var bad = dead();
        var write = new Running(storage, WAL + endpoint(good.url()) + endpoint(bad.url()))) {
      write.send("one", "two");
      await().until(() -> good.stored().size() == 2);
      await().until(() -> !bad.received().isEmpty());

      write.update(WAL + endpoint(good.url()));

      await().until(() -> write.dropped("endpoint_removed") == 2);
      write.send("three");
      await().until(() -> good.stored().size() == 3);
    }
  }

  @Test
  void anEndpointThatIsAddedGetsWhatComesFromThenOn() throws Exception {
    try (var first = ScriptedLoki.willing();
        var second = ScriptedLoki.willing();
        var write = new Running(storage, WAL + endpoint(first.url()))) {
      write.send("one");
      await().until(() -> first.stored().size() == 1);
      write.update(WAL + endpoint(first.url()) + endpoint(second.url()));
      write.send("two");

      await().until(() -> second.stored().size() == 1 && first.stored().size() == 2);
      assertThat(second.stored()).extracting(Line::text).containsExactly("two");
    }
  }

  @Test
  void tellsHowFarEveryEndpointIs() throws Exception {
    try (var loki = dead();
        var write = new Running(storage, WAL + endpoint(loki.url(), "name = \"main\""))) {
      write.send("one", "two");
      await().until(() -> write.delivered() == 1);

      assertThat(write.metric("loki_write_wal_pending_entries", "id=\"main\"")).isEqualTo(2);
      assertThat(write.metric("loki_write_wal_watcher_running", "id=\"main\"")).isEqualTo(1);
      WalStatus status = (WalStatus) write.component().debugInfo().orElseThrow();
      assertThat(status.segments()).isEqualTo(1);
      assertThat(status.readers()).extracting(WalStatus.Reader::pendingEntries).containsExactly(2L);

      loki.answer(push -> ScriptedLoki.OK);

      await().until(() -> write.metric("loki_write_wal_pending_entries") == 0);
      assertThat(write.metric("loki_write_wal_watcher_records_read_total")).isEqualTo(1);
    }
  }

  @Test
  void loadsWithNoEndpointAndForgetsEntriesThen() throws Exception {
    try (var write = new Running(storage, WAL)) {
      write.send("one");
      await().until(() -> write.delivered() == 1);
      assertThat(segments()).isEmpty();
    }
  }

  @Test
  void keepsOrderOfManyBatchesOfManyStreams() throws Exception {
    try (var loki = ScriptedLoki.willing();
        var write = new Running(storage, WAL + endpoint(loki.url(), "batch_size = \"2KiB\""))) {
      for (int i = 0; i < 200; i++) {
        Batch batch = write.batch();
        for (int stream = 0; stream < 5; stream++) {
          Entry entry = batch.add();
          entry.labels(Labels.of("stream", "s" + stream));
          entry.timestamp(i);
          entry.line("line " + i);
        }
        write.send(batch);
      }
      await().until(() -> loki.stored().size() == 1000);
      for (int stream = 0; stream < 5; stream++) {
        String labels = "{stream=\"s" + stream + "\"}";
        assertThat(loki.stored())
            .filteredOn(line -> line.labels().equals(labels))
            .extracting(Line::text)
            .containsExactlyElementsOf(IntStream.range(0, 200).mapToObj(i -> "line " + i).toList());
      }
    }
  }

  @Test
  void isRefusedInAPipeline() {
    var policy = new Policy("uid", null, null, Egress.OPEN);
    var context = new TestContext("loki.write.test", storage, policy, Buffers.UNLIMITED);
    assertThatThrownBy(() -> new Running(context, WAL))
        .hasMessageContaining("wal must not be enabled in a pipeline");
  }
}
