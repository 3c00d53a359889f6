package dev.weir.agent.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.faults.kit.Findings;
import dev.weir.agent.faults.kit.Scene;
import dev.weir.agent.faults.kit.Verdict;
import dev.weir.agent.sandbox.Fault;
import dev.weir.agent.sandbox.Limits;
import dev.weir.agent.sandbox.ReceivedPush;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A Loki that answers, but not as one would like.
@Timeout(600)
class AnswersTest {
  private static final int PER_SECOND = 300;

  @TempDir Path directory;

  /// F59.
  @Test
  @Tag("faults-short")
  void leavesALokiAloneThatAsksForItAndDropsNothing() {
    storm(new Fault.Status(429, "slow down", Map.of("Retry-After", "2")), 3, 2);
  }

  /// F59 without `Retry-After`, and longer.
  @Test
  @Tag("faults")
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void asksALokiThatHasNoTimeLessAndLessOften() {
    storm(new Fault.Status(429), 8, 0.25);
  }

  /// @param pause seconds that lie between two attempts at least
  private void storm(Fault fault, int attempts, double pause) {
    try (var scene = new Scene(directory)) {
      scene.load("a1", PER_SECOND);
      scene.agent().start();
      scene.awaitProgress(PER_SECOND);
      long begin = System.nanoTime();
      scene.sink().faults().always(fault);
      await()
          .atMost(Duration.ofMinutes(8))
          .until(() -> scene.sink().faults().applied() >= attempts);
      long applied = scene.sink().faults().applied();
      double seconds = (System.nanoTime() - begin) / 1e9;
      scene.sink().faults().clear();

      Verdict verdict = scene.settle().awaitAndCheck(scene.sink());
      Findings.note("F59", verdict, "%d refused in %.1f s".formatted(applied, seconds));
      verdict.assertEveryLineOnce();
      assertThat((applied - 1) * pause).as("it did not ask in between").isLessThan(seconds);
      assertThat(scene.agent().metric("loki_write_dropped_entries_total")).isZero();
    }
  }

  /// F60.
  @Test
  @Tag("faults-short")
  void dropsNothingButTheLineThatLokiRefuses() {
    try (var scene = new Scene(directory, Limits.LOKI.withMaxLineSize(60_000))) {
      scene.load("b1", PER_SECOND);
      var poison = scene.container("b2");
      scene.agent().start();
      scene.awaitProgress(PER_SECOND);
      poison.write("x".repeat(70_000));
      await().atMost(Duration.ofMinutes(1)).until(() -> scene.sink().totals().rejected() > 0);
      scene.awaitProgress(PER_SECOND);

      Verdict verdict = scene.settle().awaitAndCheck(scene.sink());
      Findings.note("F60", verdict, "refused=" + scene.sink().totals().rejected());
      verdict.assertEveryLineOnce();
      assertThat(scene.sink().totals().rejected()).isEqualTo(1);
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> scene.agent().metric("loki_write_dropped_entries_total") == 1);
    }
  }

  /// F61, ten times.
  @Test
  @Tag("faults-short")
  void sendsTheSameBytesAgainWhenAnAnswerIsLost() {
    lostAnswers(10);
  }

  /// F61, a hundred times.
  @Test
  @Tag("faults")
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void sendsTheSameBytesAgainHoweverOftenAnswersAreLost() {
    lostAnswers(100);
  }

  private void lostAnswers(int times) {
    try (var scene = new Scene(directory)) {
      scene.load("c1", PER_SECOND);
      scene
          .sink()
          .faults()
          .during(push -> push.index() % 2 == 0 ? new Fault.LostAnswer() : new Fault.None());
      scene.agent().start();
      await().atMost(Duration.ofMinutes(8)).until(() -> scene.sink().faults().applied() >= times);
      scene.sink().faults().clear();

      Verdict verdict = scene.settle().awaitAndCheck(scene.sink());
      Findings.note("F61", verdict, "answers lost=" + scene.sink().faults().applied());
      verdict.assertEveryLineOnce();
      assertThat(verdict.repeated()).as("what was sent again").isPositive();
      assertThat(sentAgain(scene.sink().pushes())).isGreaterThanOrEqualTo(times);
    }
  }

  /// Pushes with the very bytes of the one before.
  private static long sentAgain(List<ReceivedPush> pushes) {
    long count = 0;
    for (int i = 1; i < pushes.size(); i++) {
      if (pushes.get(i).bodyHash().equals(pushes.get(i - 1).bodyHash())) {
        count++;
      }
    }
    return count;
  }
}
