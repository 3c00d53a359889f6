package dev.weir.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.operator.api.ConditionType;
import dev.weir.operator.api.PipelineStatus;
import dev.weir.operator.status.StatusBudget.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusBudgetTest {
  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final Decision WRITE = new Decision(true, Duration.ZERO);

  private Instant now = Instant.parse("2026-11-22T13:00:00Z");
  private final StatusBudget budget = new StatusBudget(PAUSE, () -> now);

  private static PipelineStatus status(long generation, String reason) {
    var conditions = new Conditions(List.of(), generation, Instant.EPOCH);
    conditions.add(ConditionType.READY, true, reason, "");
    return new PipelineStatus(generation, "default", null, conditions.all(), null, null, List.of());
  }

  @Test
  void writesTheFirstAnswerToAnEditAtOnce() {
    assertThat(budget.decide("u", null, status(1, "Ready"))).isEqualTo(WRITE);
    budget.written("u", status(1, "Ready"));

    assertThat(budget.decide("u", null, status(2, "Ready"))).isEqualTo(WRITE);
  }

  @Test
  void waitsBetweenTwoWritesOfOneGeneration() {
    budget.written("u", status(1, "Ready"));
    now = now.plusSeconds(4);

    assertThat(budget.decide("u", null, status(1, "Other")))
        .isEqualTo(new Decision(false, Duration.ofSeconds(6)));
    now = now.plusSeconds(6);
    assertThat(budget.decide("u", null, status(1, "Other"))).isEqualTo(WRITE);
  }

  @Test
  void writesNothingThatIsThereAlready() {
    assertThat(budget.decide("u", status(1, "Ready"), status(1, "Ready")))
        .isEqualTo(new Decision(false, Duration.ZERO));
    budget.written("u", status(1, "Other"));
    now = now.plus(PAUSE);

    assertThat(budget.decide("u", status(1, "Ready"), status(1, "Other")).write()).isFalse();
    budget.forget("u");
    assertThat(budget.decide("u", status(1, "Ready"), status(1, "Other"))).isEqualTo(WRITE);
  }
}
