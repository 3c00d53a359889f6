package dev.weir.agent.loki.tail;

import static dev.weir.agent.loki.tail.TailHarness.append;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.loki.Backlog;
import dev.weir.agent.testkit.SeenEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WatchTest {
  @TempDir Path directory;
  private TailHarness tail;
  private Path log;

  @BeforeEach
  void open() throws IOException {
    tail = new TailHarness(directory);
    log = directory.resolve("app.log");
    append(log, "");
  }

  @AfterEach
  void close() throws IOException {
    tail.close();
  }

  private Tail plain() {
    Tail open = tail.open(log, Rotation.SIBLINGS, TailHarness.PLAIN);
    tail.settle();
    tail.watch(0);
    return open;
  }

  private static Duration seconds(int count) {
    return Duration.ofSeconds(count);
  }

  @Test
  void knowsOfDataThatNobodyReads() {
    Tail open = plain();
    append(log, "0123456789\n");
    tail.watch(5);
    assertThat(open.backlog().bytes()).isEqualTo(11);

    for (int i = 0; i < 10; i++) {
      tail.watch(5);
    }
    assertThat(open.backlog()).isEqualTo(new Backlog(11, seconds(50), seconds(50)));
  }

  @Test
  void forgetsItOnceAllIsConfirmed() {
    Tail open = plain();
    tail.receiver.holdDeliveries();
    append(log, "0123456789\n");
    tail.step();
    tail.watch(5);
    tail.watch(5);
    assertThat(open.backlog().bytes()).isEqualTo(11);
    assertThat(open.backlog().stalled()).isPositive();

    tail.receiver.confirmAll();
    tail.watch(5);
    assertThat(open.backlog()).isEqualTo(Backlog.NONE);
  }

  @Test
  void tellsAStandstillFromASlowReceiver() {
    Tail open = plain();
    tail.receiver.holdDeliveries();
    for (int i = 0; i < 20; i++) {
      append(log, "line " + i + "\n");
      tail.step();
      // The line before.
      tail.receiver.confirmAll();
      append(log, "more " + i + "\n");
      tail.step();
      tail.watch(4);
    }
    assertThat(open.backlog().bytes()).isPositive();
    assertThat(open.backlog().stalled()).isZero();
    assertThat(open.backlog().age()).isLessThanOrEqualTo(seconds(12));

    for (int i = 0; i < 4; i++) {
      append(log, "line " + i + "\n");
      tail.step();
      tail.watch(5);
    }
    assertThat(open.backlog().stalled()).isGreaterThanOrEqualTo(seconds(20));
    assertThat(open.backlog().age()).isGreaterThanOrEqualTo(seconds(20));
  }

  @Test
  void doesNotWaitForTheEndOfALine() {
    Tail open = plain();
    append(log, "begun");
    tail.settle();
    tail.watch(5);

    assertThat(open.backlog()).isEqualTo(Backlog.NONE);
    assertThat(open.stats().lag()).isEqualTo(5);
  }

  @Test
  void doesNotWaitForTheEndOfALineInParts() {
    Tail open = tail.open(log, Rotation.NUMBERED, TailHarness.JSON);
    append(log, TailHarness.record("x".repeat(16 << 10), "stderr", 1));
    tail.settle();
    for (int i = 0; i < 12; i++) {
      append(log, TailHarness.record("line\\n", "stdout", 2));
      tail.step();
      tail.watch(5);
    }

    assertThat(tail.lines()).hasSize(12);
    assertThat(open.stats().lag()).isGreaterThan(16 << 10);
    assertThat(open.backlog().stalled()).isZero();
    assertThat(open.backlog().bytes()).isZero();
  }

  @Test
  void seesTheFileThatTookThePlaceOfOneThatIsNotLookedAt() {
    Tail open = plain();
    TailHarness.move(log, directory.resolve("app.log.1"));
    append(log, "new\n");
    tail.watch(5);
    assertThat(open.backlog().bytes()).isEqualTo(4);

    tail.settle();
    tail.watch(5);
    assertThat(open.backlog()).isEqualTo(Backlog.NONE);
  }

  @Test
  void doesNotWaitForWhatWasTruncated() {
    Tail open = plain();
    tail.receiver.holdDeliveries();
    append(log, "0123456789\n");
    tail.watch(5);
    TailHarness.truncate(log);
    tail.settle();
    tail.watch(5);

    assertThat(open.backlog()).isEqualTo(Backlog.NONE);
  }

  @Test
  void doesNotBlameTheTimeInWhichTheProcessWasStopped() {
    Tail open = plain();
    append(log, "0123456789\n");
    tail.watch(5);
    tail.watch(3600);

    assertThat(open.backlog().age()).isEqualTo(seconds(3600));
    assertThat(open.backlog().stalled()).isEqualTo(seconds(10));
  }

  @Test
  void readsOnAfterAnErrorAndTellsOfAFileThatAlwaysFails() throws IOException {
    Path other = directory.resolve("other.log");
    append(other, "");
    Tail open = plain();
    tail.open(other, Rotation.SIBLINGS, TailHarness.PLAIN);
    var failures = new AtomicInteger();
    tail.engine()
        .receiver(batch -> {
          if (SeenEntry.of(batch.get(0)).line().startsWith("bad")) {
            failures.incrementAndGet();
            throw new StackOverflowError("of a stage");
          }
          tail.receiver.accept(batch);
        });
    append(log, "bad\n");
    append(other, "good\n");
    for (int i = 0; i < 60; i++) {
      tail.step();
      if (i % 5 == 0) {
        tail.watch(0);
      }
    }

    assertThat(tail.lines()).containsExactly("good");
    assertThat(failures).hasValueGreaterThan(1);
    assertThat(open.backlog().stalled()).isGreaterThanOrEqualTo(seconds(50));
    assertThat(open.backlog().bytes()).isEqualTo(4);
  }
}
