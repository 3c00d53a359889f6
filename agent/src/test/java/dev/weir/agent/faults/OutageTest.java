package dev.weir.agent.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.faults.kit.ContainerLog;
import dev.weir.agent.faults.kit.Findings;
import dev.weir.agent.faults.kit.NumberedLines;
import dev.weir.agent.faults.kit.Scene;
import dev.weir.agent.faults.kit.Verdict;
import dev.weir.agent.sandbox.Fault;
import dev.weir.agent.sandbox.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A Loki that is away for a while.
@Timeout(600)
class OutageTest {
  @TempDir Path directory;

  /// F56, a few seconds of it.
  @Test
  @Tag("faults-short")
  void catchesUpOldestFirstAfterAnOutage() {
    outage(3_000);
  }

  /// F56.
  @Test
  @Tag("faults")
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void catchesUpOldestFirstAfterALongOutageWithItsMemoryFlat() {
    outage(100_000);
  }

  private void outage(long lines) {
    try (var scene = new Scene(directory)) {
      for (int i = 0; i < 3; i++) {
        scene.load("a" + i, 500);
      }
      scene.agent().start();
      scene.awaitProgress(1000);
      scene.sink().faults().always(new Fault.Reset());
      long begin = scene.written();
      await()
          .atMost(Duration.ofMinutes(15))
          .until(() -> scene.written() > begin + lines && scene.sink().faults().applied() > 3);
      long anonymous = scene.agent().anonymousMegabytes();
      scene.sink().faults().clear();
      long healed = System.nanoTime();
      scene.awaitProgress(1);
      double first = (System.nanoTime() - healed) / 1e9;

      Verdict verdict = scene.settle().awaitAndCheck(scene.sink());
      double all = (System.nanoTime() - healed) / 1e9;
      Findings.note(
          "F56",
          verdict,
          "first line %.1f s after healing, all after %.1f s; %d MB anonymous when healed"
              .formatted(first, all, anonymous));
      verdict.assertEveryLineOnce();
      assertThat(scene.sink().totals().rejected()).as("nothing came too late").isZero();
    }
  }

  /// F57: what Loki takes no more is counted and skipped once; what is hours old is taken in order.
  @Test
  @Tag("faults-short")
  void skipsOnceWhatIsTooOldAndSendsTheRestInOrder() {
    try (var scene = new Scene(directory, Limits.LOKI)) {
      ContainerLog log = scene.container("b1");
      var time = new SteppedClock(InstantSource.system().instant().minus(Duration.ofDays(8)));
      log.clock(time);
      int tooOld = 200;
      for (int i = 0; i < tooOld; i++) {
        log.write("an old line, number " + i);
      }
      time.now = InstantSource.system().instant().minus(Duration.ofHours(5));
      time.step = Duration.ofSeconds(10);
      NumberedLines lines = NumberedLines.of("b1");
      int count = 1700;
      for (int i = 0; i < count; i++) {
        log.write(lines.line(i));
      }
      scene.agent().start();

      Verdict verdict = scene.settle().owe(lines, count).awaitAndCheck(scene.sink());
      Findings.note("F57", verdict, "rejected=" + scene.sink().totals().rejected());
      verdict.assertEveryLineOnce();
      assertThat(scene.sink().totals().rejected()).isEqualTo(tooOld);
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> scene.agent().metric("loki_write_dropped_entries_total") == tooOld);
    }
  }

  /// Goes a step further whenever it is asked.
  private static final class SteppedClock implements InstantSource {
    private Instant now;
    private Duration step = Duration.ofMillis(1);

    SteppedClock(Instant start) {
      now = start;
    }

    @Override
    public Instant instant() {
      now = now.plus(step);
      return now;
    }
  }
}
