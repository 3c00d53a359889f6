package dev.weir.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DebounceTest {
  private Instant now = Instant.parse("2026-11-22T13:00:00Z");
  private final Debounce debounce =
      new Debounce(Duration.ofSeconds(1), Duration.ofSeconds(5), () -> now);

  @Test
  void waitsUntilNothingChangedForAWhile() {
    debounce.touch("a");
    now = now.plusMillis(600);
    debounce.touch("a");

    assertThat(debounce.waiting("a")).contains(Duration.ofSeconds(1));
    now = now.plusSeconds(1);
    assertThat(debounce.waiting("a")).isEmpty();
  }

  @Test
  void doesNotWaitForEver() {
    for (int i = 0; i < 9; i++) {
      debounce.touch("a");
      now = now.plusMillis(500);
    }

    assertThat(debounce.waiting("a")).contains(Duration.ofMillis(500));
    now = now.plusMillis(500);
    debounce.touch("a");
    assertThat(debounce.waiting("a")).isEmpty();
  }

  @Test
  void beginsAnewOnceItIsSettledAndKeepsClassesApart() {
    debounce.touch("a");
    now = now.plusSeconds(5);
    debounce.settle("a");
    debounce.touch("a");

    assertThat(debounce.waiting("a")).contains(Duration.ofSeconds(1));
    assertThat(debounce.waiting("b")).isEmpty();
  }
}
