package dev.weir.operator.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.operator.api.Reason;
import dev.weir.operator.health.Flow.State;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class FlowJudgeTest {
  private final FlowJudge judge = new FlowJudge();
  private long sent;
  private long dropped;
  private long lost;

  /// One round in which one agent answers for one output.
  private Flow round(Consumer<OutputTally> more) {
    var tally = new Tally("hash");
    tally.heard();
    OutputTally output = tally.outputs().computeIfAbsent("main", OutputTally::new);
    output.sent = sent;
    output.dropped = dropped;
    output.lost = lost;
    more.accept(output);
    return judge.judge(tally, 1);
  }

  private Flow sends(long count) {
    sent += count;
    return round(_ -> {});
  }

  private Flow isRefused() {
    return round(output -> {
      output.failing = 1;
      output.unauthorized = 1;
    });
  }

  @Test
  void tellsThatLinesArriveFromTheFirstRoundOn() {
    sends(5);

    assertThat(sends(5).reason()).isEqualTo(Reason.FLOWING);
  }

  @Test
  void isNotAlarmedByOneBadRound() {
    sends(5);
    sends(5);

    assertThat(isRefused().state()).isEqualTo(State.TRUE);
    assertThat(sends(1).reason()).isEqualTo(Reason.FLOWING);
    assertThat(isRefused().state()).isEqualTo(State.TRUE);
    assertThat(isRefused().reason()).isEqualTo(Reason.UNAUTHORIZED);
  }

  @Test
  void trustsItAgainAfterThreeGoodRounds() {
    isRefused();
    isRefused();

    assertThat(sends(1).state()).isEqualTo(State.FALSE);
    assertThat(sends(1).state()).isEqualTo(State.FALSE);
    assertThat(sends(1).state()).isEqualTo(State.TRUE);
  }

  @Test
  void doesNotKnowBeforeTheSecondBadRoundOrWhenNobodyAnswers() {
    assertThat(isRefused().state()).isEqualTo(State.UNKNOWN);
    assertThat(isRefused().state()).isEqualTo(State.FALSE);
    assertThat(judge.judge(new Tally("hash"), 3))
        .satisfies(
            flow -> assertThat(flow.reason()).isEqualTo(Reason.AGENTS_UNREACHABLE),
            flow -> assertThat(flow.message()).startsWith("none of 3 agents"));
  }

  @Test
  void tellsWhatWasLostAndDroppedSinceTheRoundBefore() {
    lost = 100;
    sends(5);
    lost = 150;
    sends(5);
    lost = 170;

    assertThat(sends(5))
        .isEqualTo(
            Flow.bad(
                Reason.LOSING_LOGS, "20 bytes were removed from the nodes before they were read"));
    dropped += 3;
    assertThat(round(_ -> {}).message()).isEqualTo("all of the last 3 entries were dropped");
    dropped += 1;
    assertThat(sends(3).message()).isEqualTo("1 of the last 4 entries were dropped");
  }

  @Test
  void tellsThatNothingIsWrittenFromThatNothingMatches() {
    sends(0);
    assertThat(sends(0).reason()).isEqualTo(Reason.NO_PODS_MATCHED);
  }

  @Test
  void tellsOfEntriesThatWaitForLong() {
    Consumer<OutputTally> waiting = output -> output.oldestSeconds = 1200;
    round(waiting);

    assertThat(round(waiting).message())
        .isEqualTo("output main has entries that have waited for 20 minutes");
  }
}
