package dev.weir.agent.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.faults.kit.Findings;
import dev.weir.agent.faults.kit.Scene;
import dev.weir.agent.faults.kit.Seed;
import dev.weir.agent.faults.kit.Verdict;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An agent that is killed while it works.
@Timeout(600)
class KillTest {
  private static final int CONTAINERS = 3;

  @TempDir Path directory;

  /// F01.
  @Test
  @Tag("faults-short")
  void losesNothingWhenItIsKilledUnderLoad() {
    killed("F01", 3, 400);
  }

  /// F02.
  @Test
  @Tag("faults")
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void losesNothingWhenItIsKilledAgainAndAgain() {
    killed("F02", 40, 80);
  }

  private void killed(String number, int kills, int perSecond) {
    RandomGenerator random = Seed.random(number);
    try (var scene = new Scene(directory)) {
      for (int i = 0; i < CONTAINERS; i++) {
        scene.load("a" + i, perSecond);
      }
      scene.agent().start();
      long behind = 0;
      for (int i = 0; i < kills; i++) {
        scene.awaitProgress(1 + random.nextInt(2 * CONTAINERS * perSecond));
        scene.agent().kill();
        behind += scene.written() - scene.sink().totals().stored();
        scene.agent().start();
      }
      Verdict verdict = scene.settle().awaitAndCheck(scene.sink());

      Findings.note(number, verdict, "kills=" + kills + " unsent at kills=" + behind);
      verdict.assertEveryLineOnce();
      assertThat(behind).as("it had something to do when it was killed").isPositive();
    }
  }
}
