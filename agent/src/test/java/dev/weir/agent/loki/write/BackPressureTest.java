package dev.weir.agent.loki.write;

import static dev.weir.agent.loki.write.Running.endpoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.write.ScriptedLoki.Reply;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackPressureTest {
  private static final int CAPACITY = 1 << 20;
  private static final int BATCH = 64 << 10;

  @TempDir Path storage;

  private static String small(String url, String overflow) {
    return endpoint(url, "batch_size = \"128KiB\"")
        .replace("drain_timeout", "capacity = \"1MiB\"\n" + overflow + "\ndrain_timeout");
  }

  /// A batch of text that does not compress.
  private static Batch batch(Running write, int seed) {
    var random = new Random(seed);
    Batch batch = write.batch();
    for (int i = 0; i < BATCH / 1024; i++) {
      var line = new byte[1024];
      random.nextBytes(line);
      Entry entry = batch.add();
      entry.labels(Running.LABELS);
      entry.timestamp(seed * 1000L + i);
      entry.line(line, 0, line.length);
    }
    return batch;
  }

  @Test
  void makesSourcesWaitAndLosesNothing() throws Exception {
    int batches = 100;
    var accepted = new AtomicInteger();
    try (var loki = new ScriptedLoki(push -> Reply.of(503, "down"));
        var write = new Running(storage, small(loki.url(), ""))) {
      Thread source =
          Thread.ofPlatform()
              .start(() -> {
                for (int i = 0; i < batches; i++) {
                  send(write, batch(write, i));
                  accepted.incrementAndGet();
                }
              });
      await().until(() -> source.getState() == Thread.State.WAITING);
      assertThat(accepted.get() * BATCH).isBetween(CAPACITY / 2, 2 * CAPACITY);

      loki.answer(push -> ScriptedLoki.OK);

      source.join();
      await().until(() -> write.delivered() == batches);
      assertThat(loki.stored()).hasSize(batches * BATCH / 1024);
    }
  }

  private static void send(Running write, Batch batch) {
    try {
      write.send(batch);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void releasesAWaitingSourceThatIsStopped() throws Exception {
    try (var loki = new ScriptedLoki(push -> Reply.of(503, "down"));
        var write = new Running(storage, small(loki.url(), ""))) {
      var interrupted = new AtomicInteger();
      Thread source =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  for (int i = 0; ; i++) {
                    write.send(batch(write, i));
                  }
                } catch (InterruptedException e) {
                  interrupted.incrementAndGet();
                }
              });
      await().until(() -> source.getState() == Thread.State.WAITING);

      source.interrupt();
      source.join();

      assertThat(interrupted).hasValue(1);
      assertThat(write.failed()).isEqualTo(1);
    }
  }

  @Test
  void dropsAndCountsWhatDoesNotFitWhenToldTo() throws Exception {
    try (var loki = new ScriptedLoki(push -> Reply.of(503, "down"));
        var write = new Running(storage, small(loki.url(), "block_on_overflow = false"))) {
      for (int i = 0; i < 100; i++) {
        write.send(batch(write, i));
      }

      assertThat(write.dropped("queue_is_full")).isGreaterThan(50 * BATCH / 1024);
      assertThat(write.delivered()).isGreaterThan(50);
      assertThat(write.failed()).isZero();
    }
  }

  @Test
  void sendsThroughSeveralShardsWithEveryStreamInOrder() throws Exception {
    try (var loki = ScriptedLoki.willing();
        var write = new Running(storage, small(loki.url(), "min_shards = 3"))) {
      for (int i = 0; i < 30; i++) {
        Batch batch = write.batch();
        for (int stream = 0; stream < 5; stream++) {
          Entry entry = batch.add();
          entry.labels(dev.weir.agent.loki.Labels.of("stream", "s" + stream));
          entry.timestamp(i);
        }
        write.send(batch);
      }

      await().until(() -> write.delivered() == 30);
      for (int stream = 0; stream < 5; stream++) {
        String labels = "{stream=\"s" + stream + "\"}";
        assertThat(loki.stored())
            .filteredOn(line -> line.labels().equals(labels))
            .extracting(ScriptedLoki.Line::timestamp)
            .isSorted()
            .hasSize(30);
      }
    }
  }
}
