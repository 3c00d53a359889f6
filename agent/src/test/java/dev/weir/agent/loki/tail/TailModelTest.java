package dev.weir.agent.loki.tail;

import dev.weir.agent.loki.tail.TailModel.Event;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/// Runs random histories of a log file and its reader, and compares what arrives with what was
/// written, see [TailModel]. `-Dweir.model.rounds=20` makes each history twenty times as long.
final class TailModelTest {
  private static final int TRIES = 60;
  private static final int LONGEST = 200;

  /// What happens to every kind of log.
  private static final List<Event> ALWAYS =
      List.of(
          Event.WRITE,
          Event.WRITE_MANY,
          Event.WRITE_HALF,
          Event.STEP,
          Event.SETTLE,
          Event.ROTATE,
          Event.COMPRESS,
          Event.HOLD_ON,
          Event.LOOK,
          Event.SAVE,
          Event.RESTART,
          Event.CRASH,
          Event.HOLD,
          Event.CONFIRM,
          Event.FAIL);

  @Provide
  Arbitrary<List<Event>> rotatedHistories() {
    return history();
  }

  @Provide
  Arbitrary<List<Event>> hastyHistories() {
    return history(Event.ROTATE_BLINDLY, Event.COMPRESS_BLINDLY, Event.ROTATE_BLINDLY);
  }

  @Provide
  Arbitrary<List<Event>> anyHistories() {
    return history(
        Event.TRUNCATE,
        Event.TRUNCATE_BLINDLY,
        Event.COPY_TRUNCATE,
        Event.COPY_TRUNCATE_BLINDLY,
        Event.REPLACE,
        Event.DELETE);
  }

  private static Arbitrary<List<Event>> history(Event... more) {
    List<Event> events = new ArrayList<>(ALWAYS);
    events.addAll(List.of(more));
    int rounds = Integer.getInteger("weir.model.rounds", 1);
    return Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.just(Event.WRITE)), Tuple.of(5, Arbitraries.of(events)))
        .list()
        .ofMinSize(20)
        .ofMaxSize(rounds * LONGEST);
  }

  private static void run(Rotation rotation, List<Event> events) throws IOException {
    try (var model = new TailModel(rotation)) {
      events.forEach(model::happen);
      model.check();
    }
  }

  @Property(tries = TRIES)
  void losesAndRepeatsNothingOfDockerFiles(@ForAll("rotatedHistories") List<Event> events)
      throws IOException {
    run(Rotation.NUMBERED, events);
  }

  @Property(tries = TRIES)
  void losesAndRepeatsNothingOfTheKubeletsFiles(@ForAll("rotatedHistories") List<Event> events)
      throws IOException {
    run(Rotation.KUBELET, events);
  }

  @Property(tries = TRIES)
  void losesNothingOfDockerFilesInSilence(@ForAll("hastyHistories") List<Event> events)
      throws IOException {
    run(Rotation.NUMBERED, events);
  }

  @Property(tries = TRIES)
  void losesNothingOfTheKubeletsFilesInSilence(@ForAll("hastyHistories") List<Event> events)
      throws IOException {
    run(Rotation.KUBELET, events);
  }

  @Property(tries = TRIES)
  void losesNothingOfPlainFilesButWhatIsTruncated(@ForAll("anyHistories") List<Event> events)
      throws IOException {
    run(Rotation.SIBLINGS, events);
  }
}
