package dev.weir.operator.health;

import dev.weir.operator.api.Reason;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// Judges whether the lines of one pipeline arrive, from round to round.
///
/// One bad round is no news: two make the flow bad, three good ones make it good again. Used by one
/// thread at a time.
final class FlowJudge {
  private static final int BAD_ROUNDS = 2;
  private static final int GOOD_ROUNDS = 3;
  private static final double BEHIND_SECONDS = 600;

  private long sent = -1;
  private long dropped;
  private long lost;
  private long lostSince;
  private int bad;
  private int good;
  private @Nullable Flow told;

  Flow judge(Tally tally, int agents) {
    Flow now = look(tally, agents);
    remember(tally);
    bad = now.state() == Flow.State.FALSE ? bad + 1 : 0;
    good = now.state() == Flow.State.TRUE ? good + 1 : 0;
    Flow before = told;
    boolean settled =
        switch (now.state()) {
          case UNKNOWN -> true;
          case FALSE -> bad >= BAD_ROUNDS || (before != null && before.state() == Flow.State.FALSE);
          case TRUE -> good >= GOOD_ROUNDS || before == null || before.state() != Flow.State.FALSE;
        };
    if (settled) {
      told = now;
    }
    Flow answer = told;
    return answer != null ? answer : new Flow(Flow.State.UNKNOWN, now.reason(), now.message());
  }

  /// Bytes that were lost since the first round.
  long lostSince() {
    return lostSince;
  }

  private void remember(Tally tally) {
    sent = tally.sum(output -> output.sent);
    dropped = tally.sum(output -> output.dropped);
    long nowLost = tally.sum(output -> output.lost);
    lostSince += Math.max(0, nowLost - lost);
    lost = nowLost;
  }

  private Flow look(Tally tally, int agents) {
    if (tally.heardOf() == 0) {
      return Flow.unknown(
          "none of %d agents answers the operator; see the class's NetworkPolicy and its pods"
              .formatted(agents));
    }
    int heard = tally.heardOf();
    long newLost = tally.sum(output -> output.lost) - lost;
    long newDropped = sent < 0 ? 0 : tally.sum(output -> output.dropped) - dropped;
    long newSent = sent < 0 ? 0 : tally.sum(output -> output.sent) - sent;
    if (newLost > 0 && sent >= 0) {
      return Flow.bad(
          Reason.LOSING_LOGS,
          "%d bytes were removed from the nodes before they were read".formatted(newLost));
    }
    if (newDropped > 0 && newSent <= 0) {
      return Flow.bad(
          Reason.ALL_DROPPED, "all of the last %d entries were dropped".formatted(newDropped));
    }
    return failing(tally, heard, Reason.UNAUTHORIZED, output -> output.unauthorized)
        .or(() ->
            failing(tally, heard, Reason.DESTINATION_UNREACHABLE, output -> output.unreachable))
        .or(() ->
            failing(
                tally,
                heard,
                Reason.REJECTED_BY_DESTINATION,
                output ->
                    output.failing - output.unauthorized - output.unreachable - output.limited))
        .or(() ->
            newDropped > 0
                ? Optional.of(
                    Flow.bad(
                        Reason.SOME_DROPPED,
                        "%d of the last %d entries were dropped"
                            .formatted(newDropped, newDropped + newSent)))
                : Optional.empty())
        .or(() ->
            failing(tally, heard, Reason.RATE_LIMITED_BY_DESTINATION, output -> output.limited))
        .or(() -> behind(tally))
        .orElseGet(() -> fine(tally, newSent));
  }

  private static Optional<Flow> failing(
      Tally tally, int heard, Reason reason, ToIntFunction<OutputTally> count) {
    return tally.outputs().values().stream()
        .filter(output -> count.applyAsInt(output) > 0)
        .findFirst()
        .map(output -> Flow.bad(reason, output.problem(heard, count.applyAsInt(output))));
  }

  private static Optional<Flow> behind(Tally tally) {
    return tally.outputs().values().stream()
        .filter(output -> output.oldestSeconds > BEHIND_SECONDS)
        .findFirst()
        .map(output ->
            Flow.bad(
                Reason.FALLING_BEHIND,
                "output %s has entries that have waited for %d minutes"
                    .formatted(output.name(), (long) output.oldestSeconds / 60)));
  }

  private static Flow fine(Tally tally, long newSent) {
    if (tally.pods() == 0 && newSent <= 0) {
      return Flow.good(Reason.NO_PODS_MATCHED, "the input matches no pod that runs at present");
    }
    boolean flows =
        newSent > 0 || tally.outputs().values().stream().anyMatch(output -> output.perSecond > 0);
    return flows
        ? Flow.good(Reason.FLOWING, "lines arrive")
        : Flow.good(Reason.IDLE, "pods match, but write nothing");
  }
}
