package dev.weir.agent.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.faults.kit.Findings;
import dev.weir.agent.faults.kit.MemoryLimit;
import dev.weir.agent.faults.kit.Scene;
import dev.weir.agent.faults.kit.Verdict;
import dev.weir.agent.sandbox.Fault;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An agent with a limit of memory.
@Tag("faults")
@Timeout(600)
class MemoryTest {
  /// What the compose file and the chart give it.
  private static final long LIMIT = 256L << 20;

  private static final int CONTAINERS = 20;

  @TempDir Path directory;

  /// F07.
  @Test
  void livesWithinItsLimitWhileLokiIsDownUnderLoad() {
    try (var limit = MemoryLimit.of("weir-fault-" + ProcessHandle.current().pid(), LIMIT);
        var scene = new Scene(directory)) {
      for (int i = 0; i < CONTAINERS; i++) {
        scene.load("a" + i, 100);
      }
      scene.agent().prefix(limit.prefix());
      scene.agent().start();
      scene.awaitProgress(2000);
      scene.sink().faults().always(new Fault.Status(503));
      long down = scene.written();
      await().atMost(Duration.ofMinutes(3)).until(() -> scene.written() > down + 40_000);
      assertThat(scene.agent().isAlive()).isTrue();
      scene.sink().faults().clear();

      Verdict verdict = scene.settle().awaitAndCheck(scene.sink());
      Findings.note("F07", verdict, "limit=%d MiB, alive".formatted(LIMIT >> 20));
      verdict.assertEveryLineOnce();
      assertThat(scene.agent().isAlive()).isTrue();
      scene.agent().stop();
    }
  }
}
