package dev.weir.agent.loki.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Lane;
import dev.weir.agent.loki.process.stage.StagesText;
import dev.weir.agent.testkit.CollectingReceiver;
import dev.weir.agent.testkit.TestContext;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `stage.limit` without `drop` stops its lane.
class WaitingTest {
  @Test
  void sendsWhatIsThereBeforeItWaitsAndGivesInToInterruption(@TempDir Path storage)
      throws Exception {
    var receiver = new CollectingReceiver();
    var process =
        new LokiProcess(
            new LokiProcess.Arguments(
                List.of(receiver), StagesText.decode("stage.limit {\nrate = 0.0001\nburst = 2\n}")),
            new TestContext("loki.process.t", storage));
    var batch = new Batch(new Lane("test"));
    List.of("one", "two", "three").forEach(line -> batch.add().line(line));
    var end = new AtomicReference<Object>("none");
    Thread reader =
        Thread.ofPlatform()
            .start(() -> {
              try {
                process.accept(batch);
              } catch (InterruptedException e) {
                end.set(e);
              }
            });
    await().until(() -> receiver.lines().size() == 2);
    reader.interrupt();
    reader.join();

    assertThat(end.get()).isInstanceOf(InterruptedException.class);
    assertThat(receiver.lines()).containsExactly("one", "two");
  }
}
