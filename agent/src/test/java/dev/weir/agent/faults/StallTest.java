package dev.weir.agent.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.faults.kit.ContainerLog;
import dev.weir.agent.faults.kit.Findings;
import dev.weir.agent.faults.kit.Scene;
import dev.weir.agent.faults.kit.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An agent that gets no time at all for a while.
@Tag("faults-short")
@Timeout(600)
class StallTest {
  private static final int GENERATIONS = 5;
  private static final int GENERATIONS_KEPT = 500;

  @TempDir Path directory;

  /// F06.
  @Test
  void readsAllGenerationsThatWereRotatedWhileItWasStopped() {
    try (var scene = new Scene(directory)) {
      ContainerLog log = scene.container("e1", 200_000, GENERATIONS_KEPT);
      scene.load("e1", log, 500);
      scene.agent().start();
      scene.awaitProgress(500);

      scene.agent().signal("STOP");
      int before = log.rotations();
      await().atMost(Duration.ofSeconds(60)).until(() -> log.rotations() >= before + GENERATIONS);
      scene.agent().signal("CONT");

      Verdict verdict = scene.settle().awaitAndCheck(scene.sink());
      int rotations = log.rotations();
      Findings.note("F06", verdict, "rotations=" + rotations);
      verdict.assertEveryLineOnce();
      assertThat(rotations).isLessThan(GENERATIONS_KEPT);
      assertThat(scene.agent().metric("loki_source_docker_target_lost_bytes_total")).isZero();
    }
  }
}
