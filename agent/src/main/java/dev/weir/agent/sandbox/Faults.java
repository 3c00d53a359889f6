package dev.weir.agent.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/// The faults that the next pushes meet. Queries are never disturbed.
///
/// The first that applies counts: those of [#next], in order, one per push; then [#during], until
/// [#clear]. Thread-safe.
public final class Faults {
  private static final Fault NONE = new Fault.None();

  private final Deque<Fault> next = new ArrayDeque<>();
  private Function<ReceivedPush, Fault> during = _ -> NONE;
  private long applied;

  Faults() {}

  /// The coming pushes meet these, one each, after those already waiting.
  public synchronized void next(Fault... faults) {
    next.addAll(List.of(faults));
  }

  /// Every push meets this one, until [#clear].
  public void always(Fault fault) {
    during(_ -> fault);
  }

  /// Asks for each push what it meets, until [#clear]; [Fault.None] for nothing. The push that the
  /// function is given has no entries, status or hash yet: it is asked before the body is read.
  public synchronized void during(Function<ReceivedPush, Fault> choice) {
    during = choice;
  }

  /// From now on nothing goes wrong.
  public synchronized void clear() {
    next.clear();
    during = _ -> NONE;
  }

  /// How many pushes met a fault: what a test looks at to know that it tested something.
  public synchronized long applied() {
    return applied;
  }

  synchronized Fault take(ReceivedPush push) {
    Fault fault = next.isEmpty() ? during.apply(push) : next.removeFirst();
    if (!(fault instanceof Fault.None)) {
      applied++;
    }
    return fault;
  }
}
