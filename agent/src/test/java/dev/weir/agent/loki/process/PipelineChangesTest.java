package dev.weir.agent.loki.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Delivery;
import dev.weir.agent.loki.Lane;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.process.stage.StagesText;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.testkit.CollectingReceiver;
import dev.weir.agent.testkit.RunningComponent;
import dev.weir.agent.testkit.TestContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pipelines that are changed or removed while batches are on their way through them.
class PipelineChangesTest {
  private static final String SLOW = "stage.limit {\nrate = 0.0001\nburst = 1\n}";
  private static final String LABELLED = "stage.static_labels {\nvalues = {v = \"2\"}\n}";

  @TempDir Path storage;
  private final CollectingReceiver receiver = new CollectingReceiver();
  private final Lane lane = new Lane("test");

  private LokiProcess process(Receiver to, String stages) throws DiagnosticsException {
    return new LokiProcess(arguments(to, stages), new TestContext("loki.process.t", storage));
  }

  private static LokiProcess.Arguments arguments(Receiver to, String stages)
      throws DiagnosticsException {
    return new LokiProcess.Arguments(List.of(to), StagesText.decode(stages));
  }

  private Batch batch(String... lines) {
    var batch = new Batch(lane);
    for (String line : lines) {
      batch.add().line(line);
    }
    return batch;
  }

  private static Thread accepting(Receiver process, Batch batch) {
    return Thread.ofPlatform()
        .start(() -> {
          try {
            process.accept(batch);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @Test
  void waitsNoLongerForALimitThatHasBeenReplaced() throws Exception {
    LokiProcess process = process(receiver, SLOW);
    Thread reader = accepting(process, batch("one", "two", "three"));
    await().until(() -> receiver.lines().size() == 1);
    process.update(arguments(receiver, LABELLED));
    reader.join();

    assertThat(receiver.lines()).containsExactly("one", "two", "three");
  }

  @Test
  void waitsNoLongerForALimitWhosePipelineEnds() throws Exception {
    LokiProcess process = process(receiver, SLOW);
    Thread reader;
    try (var _ = new RunningComponent(process)) {
      reader = accepting(process, batch("one", "two", "three"));
      await().until(() -> receiver.lines().size() == 1);
    }
    reader.join();

    assertThat(receiver.lines()).containsExactly("one", "two", "three");
  }

  @Test
  void takesABatchThatWaitedDuringAnUpdateThroughTheNewStages() throws Exception {
    var stuck = new CountDownLatch(1);
    var freed = new CountDownLatch(1);
    Receiver full =
        batch -> {
          stuck.countDown();
          freed.await();
          receiver.accept(batch);
        };
    LokiProcess process =
        process(full, "stage.multiline {\nfirstline = \"START\"\nmax_wait_time = \"1ms\"\n}");
    try (var _ = new RunningComponent(process)) {
      process.accept(batch("START held"));
      // The component's own thread brings it, and is stuck in the receiver.
      stuck.await();
      Thread reader = accepting(process, batch("START new"));
      await().until(() -> reader.getState() == Thread.State.WAITING);
      process.update(arguments(full, LABELLED));
      freed.countDown();
      reader.join();
    }

    assertThat(receiver.lines()).containsExactly("START held", "START new");
    assertThat(receiver.entries().getLast().labels()).isEqualTo(Map.of("v", "2"));
  }

  @Test
  void givesUpThePieceOfALineWhoseRestGoesElsewhere() throws Exception {
    LokiProcess process = process(receiver, "stage.cri {}");
    var failures = new AtomicInteger();
    var delivery = new Delivery(delivered -> failures.addAndGet(delivered ? 0 : 1));
    try (var _ = new RunningComponent(process)) {
      Batch piece = batch("2024-03-01T10:11:12.123456789Z stdout P cut");
      piece.delivery(delivery);
      process.accept(piece);
      delivery.release();
      assertThat(failures).hasValue(0);
    }

    assertThat(receiver.lines()).isEmpty();
    assertThat(failures).hasValue(1);
  }

  @Test
  void givesUpThePieceOfALineWhoseRestComesToOtherStages() throws Exception {
    LokiProcess process = process(receiver, "stage.cri {}");
    var failures = new AtomicInteger();
    var delivery = new Delivery(delivered -> failures.addAndGet(delivered ? 0 : 1));
    Batch piece = batch("2024-03-01T10:11:12.123456789Z stdout P cut");
    piece.delivery(delivery);
    process.accept(piece);
    delivery.release();
    process.update(arguments(receiver, "stage.cri {}\n" + LABELLED));
    process.accept(batch("2024-03-01T10:11:12.123456789Z stdout F whole"));

    assertThat(receiver.lines()).containsExactly("whole");
    assertThat(failures).hasValue(1);
  }

  @Test
  void settlesWhatComesWhileItEnds() throws Exception {
    for (int i = 0; i < 300; i++) {
      LokiProcess process = process(receiver, "stage.multiline {\nfirstline = \"START\"\n}");
      var settled = new CountDownLatch(1);
      var delivery = new Delivery(_ -> settled.countDown());
      var own = new Batch(new Lane("own"));
      own.add().line("START");
      own.delivery(delivery);
      var together = new CyclicBarrier(2);
      var running = new RunningComponent(process);
      Thread reader =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  together.await();
                  process.accept(own);
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                } finally {
                  delivery.release();
                }
              });
      together.await();
      running.close();
      reader.join();

      // Sent or refused, but never held by what has ended.
      settled.await();
    }
  }
}
