package dev.weir.agent.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.faults.kit.Findings;
import dev.weir.agent.faults.kit.Scene;
import dev.weir.agent.faults.kit.Verdict;
import dev.weir.agent.sandbox.Fault;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An agent that is told to end while it works, and is started again.
@Timeout(600)
class SignalTest {
  private static final int PER_SECOND = 200;

  @TempDir Path directory;

  /// F03.
  @Test
  @Tag("faults-short")
  void repeatsNothingWhenALokiThatIsSlowConfirmsWhatItWaitsFor() {
    try (var scene = new Scene(directory)) {
      scene.sink().faults().always(new Fault.Delay(Duration.ofMillis(200)));
      scene.load("a1", PER_SECOND);
      scene.load("a2", PER_SECOND);
      scene.agent().start();
      scene.awaitProgress(2 * PER_SECOND);

      int status = scene.agent().stop();
      boolean inTime = !scene.agent().output().contains("before everything was delivered");
      long behind = scene.written() - scene.sink().totals().stored();
      scene.agent().start();

      Verdict verdict = scene.settle().awaitAndCheck(scene.sink());
      Findings.note("F03", verdict, "status=%d unsent=%d".formatted(status, behind));
      verdict.assertEveryLineOnce();
      if (inTime) {
        verdict.assertNothingRepeated();
      }
      assertThat(status).isZero();
      assertThat(scene.sink().faults().applied()).isPositive();
    }
  }

  /// F04.
  @Test
  @Tag("faults-short")
  void endsWhileLokiIsDownAndGoesOnWhereItWasConfirmed() {
    try (var scene = new Scene(directory)) {
      scene.load("b1", PER_SECOND);
      scene.load("b2", PER_SECOND);
      scene.agent().start();
      scene.awaitProgress(PER_SECOND);
      scene.sink().faults().always(new Fault.Status(503));
      await().atMost(Duration.ofSeconds(60)).until(() -> scene.sink().faults().applied() > 1);

      long begin = System.nanoTime();
      int status = scene.agent().stop();
      double seconds = (System.nanoTime() - begin) / 1e9;
      scene.sink().faults().clear();
      scene.agent().start();

      Verdict verdict = scene.settle().awaitAndCheck(scene.sink());
      Findings.note("F04", verdict, "ended after %.1f s".formatted(seconds));
      verdict.assertEveryLineOnce();
      assertThat(status).isZero();
    }
  }

  /// F05.
  @Test
  @Tag("faults")
  void endsWhileARateLimitMakesItWait() {
    try (var scene = new Scene(directory)) {
      scene.agent().configure(withStage(scene, "stage.limit {\n rate = 2\n burst = 2\n }"));
      scene.load("c1", PER_SECOND);
      scene.agent().start();
      scene.awaitProgress(2);

      long begin = System.nanoTime();
      int status = scene.agent().stop();
      double seconds = (System.nanoTime() - begin) / 1e9;
      long behind = scene.written() - scene.sink().totals().stored();
      scene.agent().configure(scene.river()).start();

      Verdict verdict = scene.settle().awaitAndCheck(scene.sink());
      Findings.note("F05", verdict, "ended after %.1f s, unsent=%d".formatted(seconds, behind));
      verdict.assertEveryLineOnce();
      assertThat(status).isZero();
      assertThat(behind).as("the limit held lines back").isPositive();
    }
  }

  /// F05 with a second signal.
  @Test
  @Tag("faults-short")
  void endsAtOnceOnASecondSignalWithoutLoss() {
    try (var scene = new Scene(directory)) {
      scene.load("d1", PER_SECOND);
      scene.agent().start();
      scene.awaitProgress(PER_SECOND);
      scene.sink().faults().always(new Fault.NoAnswer());
      await().atMost(Duration.ofSeconds(60)).until(() -> scene.sink().faults().applied() > 0);

      scene.agent().signal("TERM");
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> scene.agent().output().contains("stopping:"));
      long begin = System.nanoTime();
      scene.agent().signal("TERM");
      int status = scene.agent().awaitEnd();
      double seconds = (System.nanoTime() - begin) / 1e9;
      scene.sink().faults().clear();
      scene.agent().start();

      Verdict verdict = scene.settle().awaitAndCheck(scene.sink());
      Findings.note("F05", verdict, "second signal: ended after %.1f s".formatted(seconds));
      verdict.assertEveryLineOnce();
      assertThat(status).isZero();
    }
  }

  private static String withStage(Scene scene, String stage) {
    return scene.source("") + scene.process(stage) + scene.write("");
  }
}
