package dev.weir.agent.loki.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Delivery;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.Lane;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.process.stage.StageBlocks;
import dev.weir.agent.loki.process.stage.StagesText;
import dev.weir.agent.river.eval.NamedBlock;
import dev.weir.agent.testkit.CollectingReceiver;
import dev.weir.agent.testkit.RunningComponent;
import dev.weir.agent.testkit.SeenEntry;
import dev.weir.agent.testkit.TestContext;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LokiProcessTest {
  private static final byte[] ENVELOPE =
      ("{\"log\":\"GET /\\u003cindex\\u003e 200\\n\",\"stream\":\"stdout\","
              + "\"time\":\"2024-03-01T10:11:12.123456789Z\"}")
          .getBytes(StandardCharsets.UTF_8);
  private static final Map<String, String> ORIGIN =
      Map.of(
          "container_name", "web",
          "container_id", "0123456789abcdef",
          "container_label_com_docker_compose_service", "web",
          "container_label_com_docker_compose_project", "shop");

  private static final String BLOCKS = "stage.multiline {\nfirstline = \"START\"\n}";

  @TempDir Path storage;
  private TestContext context;
  private final CollectingReceiver receiver = new CollectingReceiver();
  private final Lane lane = new Lane("test");

  @BeforeEach
  void makeContext() {
    context = new TestContext("loki.process.t", storage);
  }

  @Test
  void runsTheDefaultPipeline() throws Exception {
    process(List.of(receiver), StageBlocks.dockerAndLabels()).accept(envelopes(1));

    SeenEntry entry = receiver.entries().getFirst();
    assertThat(entry.line()).isEqualTo("GET /<index> 200\n");
    assertThat(entry.timestamp()).isEqualTo(1_709_287_872_123_456_789L);
    assertThat(entry.labels())
        .isEqualTo(
            Map.of(
                "job", "docker",
                "stream", "stdout",
                "container", "web",
                "container_id", "0123456789abcdef",
                "compose_service", "web",
                "compose_project", "shop"));
  }

  @Test
  void allocatesNothingPerLineInTheDefaultPipeline() throws Exception {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    LokiProcess process = process(List.of(batch -> {}), StageBlocks.dockerAndLabels());
    Batch batch = envelopes(1000);
    for (int i = 0; i < 20; i++) {
      process.accept(batch);
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 20; i++) {
      process.accept(batch);
    }
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(bytes / 20_000).as("bytes per line, %d in all", bytes).isZero();
  }

  @Test
  void doesNotShowItsChangesToItsSiblings() throws Exception {
    Batch batch = envelopes(1);
    process(List.of(receiver), StageBlocks.dockerAndLabels()).accept(batch);
    var sibling = new CollectingReceiver();
    sibling.accept(batch);

    assertThat(sibling.lines().getFirst()).startsWith("{\"log\"");
    assertThat(sibling.entries().getFirst().labels()).isEqualTo(Map.of("job", "docker"));
  }

  @Test
  void handsTheSameBatchToEveryReceiver() throws Exception {
    var other = new CollectingReceiver();
    process(List.of(receiver, other), StageBlocks.dockerAndLabels()).accept(envelopes(3));

    assertThat(other.entries()).hasSize(3).isEqualTo(receiver.entries());
  }

  @Test
  void isDeliveredWhenTheReceiversSaySo() throws Exception {
    var outcome = new boolean[2];
    Batch batch = envelopes(1);
    var delivery = new Delivery(delivered -> outcome[delivered ? 1 : 0] = true);
    batch.delivery(delivery);
    receiver.holdDeliveries();

    process(List.of(receiver), StageBlocks.dockerAndLabels()).accept(batch);
    delivery.release();
    assertThat(outcome).containsExactly(false, false);
    receiver.confirmAll();
    assertThat(outcome).containsExactly(false, true);
  }

  @Test
  void deliversTheBatchOfAPieceWithTheLineItBecame() throws Exception {
    LokiProcess process = process(List.of(receiver), StagesText.decode("stage.cri { }"));
    receiver.holdDeliveries();
    var outcomes = new ArrayList<String>();
    accept(process, "2024-03-01T10:11:12Z stdout P one ", "first", outcomes);
    assertThat(outcomes).isEmpty();
    accept(process, "2024-03-01T10:11:12Z stdout F two", "second", outcomes);
    assertThat(outcomes).isEmpty();
    receiver.confirmAll();

    assertThat(receiver.lines()).containsExactly("one two");
    assertThat(outcomes).containsExactlyInAnyOrder("first true", "second true");
  }

  @Test
  void endsEveryBatchThoughABlockIsAlwaysOpen() throws Exception {
    LokiProcess process = process(List.of(receiver), StagesText.decode(BLOCKS));
    receiver.holdDeliveries();
    var outcomes = new ArrayList<String>();
    for (int i = 0; i < 4; i++) {
      accept(process, List.of("more", "START " + i), "batch " + i, outcomes);
      receiver.confirmAll();
    }

    assertThat(outcomes).containsExactly("batch 0 true", "batch 1 true", "batch 2 true");
  }

  @Test
  void readsABlockAgainThatCouldNotBeDelivered() throws Exception {
    LokiProcess process = process(List.of(receiver), StagesText.decode(BLOCKS));
    receiver.holdDeliveries();
    var outcomes = new ArrayList<String>();
    accept(process, List.of("START 1"), "first", outcomes);
    accept(process, List.of("more", "START 2"), "second", outcomes);
    receiver.failAll();
    assertThat(outcomes).containsExactly("first false");
    lane.close();
    receiver.confirmAll();

    assertThat(receiver.lines()).containsExactly("START 1\nmore", "START 2");
    assertThat(outcomes).containsExactly("first false", "second false");
  }

  @Test
  void holdsABlockThatTwoStagesHoldOneAfterTheOther() throws Exception {
    LokiProcess process =
        process(
            List.of(receiver),
            StagesText.decode(BLOCKS + "\nstage.multiline {\nfirstline = \"START 1\"\n}"));
    var outcomes = new ArrayList<String>();
    accept(process, List.of("START 1"), "first", outcomes);
    accept(process, List.of("START 2"), "second", outcomes);
    assertThat(outcomes).as("START 1 is with the second stage").isEmpty();
    accept(process, List.of("START 3"), "third", outcomes);
    assertThat(outcomes).isEmpty();
    lane.close();

    assertThat(receiver.lines()).containsExactly("START 1\nSTART 2\nSTART 3");
    assertThat(outcomes).containsExactlyInAnyOrder("first true", "second true", "third true");
  }

  @Test
  void releasesAPieceWhenItsLaneCloses() throws Exception {
    LokiProcess process = process(List.of(receiver), StagesText.decode("stage.cri { }"));
    var outcomes = new ArrayList<String>();
    accept(process, "2024-03-01T10:11:12Z stdout P one", "first", outcomes);
    lane.close();

    assertThat(receiver.lines()).containsExactly("one");
    assertThat(outcomes).containsExactly("first true");
  }

  @Test
  void givesAPieceUpUnsentWhenItsSourceStopsInTheMiddle() throws Exception {
    LokiProcess process =
        process(
            List.of(receiver),
            StagesText.decode(
                "stage.match {\nselector = \"{none=\\\"\\\"}\"\nstage.cri { }\n}\n" + BLOCKS));
    var outcomes = new ArrayList<String>();
    accept(process, "2024-03-01T10:11:12Z stdout F START", "first", outcomes);
    accept(process, "2024-03-01T10:11:12Z stdout P one", "second", outcomes);
    lane.close(Lane.Ending.TO_BE_CONTINUED);

    assertThat(receiver.lines()).containsExactly("START");
    assertThat(outcomes).containsExactlyInAnyOrder("first true", "second false");
  }

  @Test
  void leavesNothingBehindInALaneThatOutlivesIt() throws Exception {
    for (int i = 0; i < 100; i++) {
      LokiProcess process = process(List.of(receiver), StagesText.decode("stage.cri { }"));
      try (var _ = new RunningComponent(process)) {
        process.accept(envelopes(1));
        assertThat(lane.hooks()).isEqualTo(1);
      }
    }
    assertThat(lane.hooks()).isZero();
    assertThat(receiver.lines()).hasSize(100);
  }

  @Test
  void failsWhatComesAfterItsEnd() throws Exception {
    LokiProcess process = process(List.of(receiver), StagesText.decode("stage.cri { }"));
    try (var _ = new RunningComponent(process)) {
      accept(process, "2024-03-01T10:11:12Z stdout F one", "first", new ArrayList<>());
    }
    var outcomes = new ArrayList<String>();
    accept(process, "2024-03-01T10:11:12Z stdout F two", "second", outcomes);

    assertThat(receiver.lines()).containsExactly("one");
    assertThat(outcomes).containsExactly("second false");
    assertThat(lane.hooks()).isZero();
  }

  @Test
  void endsOnlyWhenTheBatchThatIsUnderWayIsThrough() throws Exception {
    var entered = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    LokiProcess process =
        process(
            List.of(batch -> {
              entered.countDown();
              goOn.await();
              receiver.accept(batch);
            }),
            List.of());
    var ended = new CountDownLatch(1);
    Thread running =
        Thread.ofVirtual()
            .start(() -> {
              try {
                process.run();
              } catch (InterruptedException e) {
                ended.countDown();
              }
            });
    Thread source = Thread.ofVirtual().start(() -> accept(process, envelopes(1)));
    entered.await();
    running.interrupt();
    await().until(() -> running.getState() == Thread.State.WAITING || ended.getCount() == 0);
    assertThat(ended.getCount()).isEqualTo(1);
    goOn.countDown();
    running.join();
    source.join();

    assertThat(receiver.lines()).hasSize(1);
    assertThat(lane.hooks()).isZero();
  }

  private static void accept(LokiProcess process, Batch batch) {
    try {
      process.accept(batch);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void releasesAPieceAlsoWhenAnInterruptedThreadClosesItsLane() throws Exception {
    LokiProcess process =
        process(
            List.of(batch -> {
              if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException();
              }
              receiver.accept(batch);
            }),
            StagesText.decode("stage.cri { }"));
    accept(process, "2024-03-01T10:11:12Z stdout P one", "first", new ArrayList<>());
    Thread.currentThread().interrupt();
    lane.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(receiver.lines()).containsExactly("one");
  }

  @Test
  void keepsPiecesOverAReloadThatLeavesTheStagesAsTheyAre() throws Exception {
    LokiProcess process = process(List.of(receiver), StagesText.decode("stage.cri { }"));
    accept(process, "2024-03-01T10:11:12Z stdout P one ", "first", new ArrayList<>());
    process.update(
        new LokiProcess.Arguments(List.of(receiver), StagesText.decode("stage.cri { }")));
    accept(process, "2024-03-01T10:11:12Z stdout F two", "second", new ArrayList<>());

    assertThat(receiver.lines()).containsExactly("one two");
  }

  private void accept(LokiProcess process, String line, String name, List<String> outcomes)
      throws InterruptedException {
    accept(process, List.of(line), name, outcomes);
  }

  private void accept(LokiProcess process, List<String> lines, String name, List<String> outcomes)
      throws InterruptedException {
    var batch = new Batch(lane);
    lines.forEach(line -> batch.add().line(line));
    var delivery = new Delivery(delivered -> outcomes.add(name + " " + delivered));
    batch.delivery(delivery);
    process.accept(batch);
    delivery.release();
  }

  @Test
  void takesNewReceiversAndStagesWhileRunning() throws Exception {
    LokiProcess process = process(List.of(receiver), StageBlocks.dockerAndLabels());
    process.accept(envelopes(1));
    var other = new CollectingReceiver();
    process.update(new LokiProcess.Arguments(List.of(other), List.of()));
    process.accept(envelopes(1));

    assertThat(receiver.entries()).hasSize(1);
    assertThat(other.lines().getFirst()).startsWith("{\"log\"");
  }

  @Test
  void worksWithoutReceivers() throws Exception {
    process(List.of(), StageBlocks.dockerAndLabels()).accept(envelopes(1));

    assertThat(context.published()).hasSize(1);
  }

  private LokiProcess process(List<Receiver> receivers, List<NamedBlock> stages) {
    return new LokiProcess(new LokiProcess.Arguments(receivers, stages), context);
  }

  private Batch envelopes(int count) {
    var batch = new Batch(lane);
    for (int i = 0; i < count; i++) {
      Entry entry = batch.add();
      entry.line(ENVELOPE, 0, ENVELOPE.length);
      entry.labels(Labels.of("job", "docker"));
      entry.origin(ORIGIN);
    }
    return batch;
  }
}
