package dev.weir.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetainedTest {
  private static final Instant START = Instant.parse("2026-11-22T13:00:00Z");
  private static final Map<String, String> BOTH = Map.of("a", "1", "b", "2");
  private static final Map<String, String> ONE = Map.of("a", "1");

  private final Retained retained = new Retained(Duration.ofMinutes(10));

  private Map<String, String> at(Duration after, Map<String, String> needed, boolean settled) {
    return retained.with(needed, Set.of(), BOTH, settled, START.plus(after));
  }

  @Test
  void keepsAnUnusedValueForAWhile() {
    assertThat(at(Duration.ZERO, ONE, true)).isEqualTo(BOTH);
    assertThat(retained.pending()).isTrue();
    assertThat(at(Duration.ofMinutes(9), ONE, true)).isEqualTo(BOTH);
    assertThat(at(Duration.ofMinutes(10), ONE, true)).isEqualTo(ONE);
    assertThat(retained.pending()).isFalse();
  }

  @Test
  void keepsItWhileAgentsMayRunAnOlderFile() {
    assertThat(at(Duration.ZERO, ONE, false)).isEqualTo(BOTH);
    assertThat(at(Duration.ofHours(1), ONE, false)).isEqualTo(BOTH);
    assertThat(at(Duration.ofHours(1), ONE, true)).isEqualTo(ONE);
  }

  @Test
  void beginsAnewWhenAValueWasUsedMeanwhile() {
    at(Duration.ZERO, ONE, true);
    at(Duration.ofMinutes(5), BOTH, true);

    assertThat(retained.pending()).isFalse();
    assertThat(at(Duration.ofMinutes(11), ONE, true)).isEqualTo(BOTH);
  }

  @Test
  void givesNewValuesAtOnceAndKeepsThoseOfFilesThatStay() {
    Map<String, String> changed = Map.of("a", "3");

    assertThat(retained.with(changed, Set.of("b"), BOTH, true, START))
        .isEqualTo(Map.of("a", "3", "b", "2"));
    assertThat(retained.with(changed, Set.of("b"), BOTH, true, START.plus(Duration.ofDays(1))))
        .isEqualTo(Map.of("a", "3", "b", "2"));
  }
}
