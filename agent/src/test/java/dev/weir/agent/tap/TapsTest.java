package dev.weir.agent.tap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.weir.agent.logql.Selector;
import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.Lane;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.runtime.Outlets;
import dev.weir.agent.testkit.CollectingReceiver;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a tap sees of what a component passes on.
class TapsTest {
  private static final Duration AT_ONCE = Duration.ZERO;

  private final Taps taps = new Taps();
  private final Outlets outlets = taps.of("");
  private final CollectingReceiver first = new CollectingReceiver();
  private final CollectingReceiver second = new CollectingReceiver();

  record Pipe(List<Receiver> forwardTo, String tag) {}

  record Writer(String url) {}

  @Test
  void seesEachLineOnceHoweverManyReceiversThereAre() throws Exception {
    Pipe pipe = outlets.watched("test.pipe.a", new Pipe(List.of(first, second), "x"));
    try (Tap tap = taps.open("test.pipe.a", null)) {
      send(pipe, batch(Labels.of("app", "shop"), "one", "two"));

      assertThat(lines(tap)).containsExactly("one", "two");
    }
    assertThat(first.lines()).containsExactly("one", "two");
    assertThat(second.lines()).containsExactly("one", "two");
    assertThat(pipe.tag()).isEqualTo("x");
  }

  @Test
  void leavesEqualArgumentsEqual() {
    var arguments = new Pipe(List.of(first, second), "x");

    assertThat(outlets.watched("test.pipe.a", arguments))
        .isEqualTo(outlets.watched("test.pipe.a", new Pipe(List.of(first, second), "x")))
        .isNotEqualTo(outlets.watched("test.pipe.a", new Pipe(List.of(second), "x")));
  }

  @Test
  void showsWhatIsAskedForOnly() throws Exception {
    Pipe pipe = outlets.watched("test.pipe.a", new Pipe(List.of(first), ""));
    try (Tap tap = taps.open("test.pipe.a", Selector.parse("{app=\"shop\"} |= \"error\""))) {
      send(pipe, batch(Labels.of("app", "shop"), "an error", "fine"));
      send(pipe, batch(Labels.of("app", "other"), "another error"));

      assertThat(lines(tap)).containsExactly("an error");
    }
  }

  @Test
  void countsWhatDoesNotFitAndHoldsNothingUp() throws Exception {
    Pipe pipe = outlets.watched("test.pipe.a", new Pipe(List.of(first), ""));
    String long1k = "x".repeat(1024);
    int sent = 2 * Tap.QUEUE_BYTES / 1024;
    try (Tap tap = taps.open("test.pipe.a", null)) {
      for (int i = 0; i < sent; i++) {
        send(pipe, batch(Labels.EMPTY, long1k));
      }
      int shown = lines(tap).size();

      assertThat(shown).isBetween(sent / 3, sent / 2);
      assertThat(tap.takeDropped()).isEqualTo(sent - shown);
      assertThat(tap.takeDropped()).isZero();
      send(pipe, batch(Labels.EMPTY, "there is room again"));
      assertThat(lines(tap)).containsExactly("there is room again");
    }
    assertThat(first.lines()).hasSize(sent + 1);
  }

  @Test
  void allocatesNothingWhileNobodyLooks() throws Exception {
    Receiver receiver =
        outlets.watched("test.pipe.a", new Pipe(List.of(_ -> {}), "")).forwardTo().getFirst();
    Batch batch = batch(Labels.of("app", "shop"), "one", "two");
    for (int i = 0; i < 10_000; i++) {
      receiver.accept(batch);
    }
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 10_000; i++) {
      receiver.accept(batch);
    }

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
  }

  @Test
  void endsWithTheComponent() throws Exception {
    Pipe pipe = outlets.watched("test.pipe.a", new Pipe(List.of(first), ""));
    try (Tap tap = taps.open("test.pipe.a", null)) {
      send(pipe, batch(Labels.EMPTY, "last"));
      outlets.gone("test.pipe.a");

      assertThat(tap.ended()).isEmpty();
      assertThat(tap.take(AT_ONCE)).hasSize(1);
      assertThat(tap.take(AT_ONCE)).isEmpty();
      assertThat(tap.ended()).hasValueSatisfying(why -> assertThat(why).contains("was stopped"));
    }
    assertThat(taps.names()).isEmpty();
  }

  @Test
  void keepsModulesApart() throws Exception {
    taps.of("team-a.shop").watched("test.pipe.a", new Pipe(List.of(first), ""));
    outlets.watched("test.pipe.a", new Pipe(List.of(first), ""));

    assertThat(taps.names()).containsExactly("team-a.shop/test.pipe.a", "test.pipe.a");
    outlets.gone("test.pipe.a");
    assertThat(taps.names()).containsExactly("team-a.shop/test.pipe.a");
    taps.open("team-a.shop/test.pipe.a", null).close();
  }

  @Test
  void tellsWhatCanBeTapped() {
    outlets.watched("test.pipe.a", new Pipe(List.of(first), ""));
    outlets.watched("test.pipe.b", new Pipe(List.of(), ""));
    outlets.watched("test.writer.w", new Writer("http://x"));

    assertThatThrownBy(() -> taps.open("test.pipe.c", null))
        .isInstanceOf(TapException.class)
        .hasMessage("there is no component \"test.pipe.c\"; these can be tapped: test.pipe.a");
    for (String silent : List.of("test.pipe.b", "test.writer.w")) {
      assertThatThrownBy(() -> taps.open(silent, null))
          .hasMessage(
              "component \"%s\" passes no lines on to other components; these can be tapped:"
                      .formatted(silent)
                  + " test.pipe.a");
    }
  }

  @Test
  void opensNoMoreThanItMay() throws Exception {
    outlets.watched("test.pipe.a", new Pipe(List.of(first), ""));
    List<Tap> open = new ArrayList<>();
    for (int i = 0; i < Taps.MOST; i++) {
      open.add(taps.open("test.pipe.a", null));
    }

    assertThatThrownBy(() -> taps.open("test.pipe.a", null))
        .isInstanceOfSatisfying(
            TapException.class,
            refusal -> assertThat(refusal.kind()).isEqualTo(TapException.Kind.TOO_MANY));
    open.getFirst().close();
    taps.open("test.pipe.a", null).close();
  }

  private static void send(Pipe pipe, Batch batch) throws InterruptedException {
    for (Receiver receiver : pipe.forwardTo()) {
      receiver.accept(batch);
    }
  }

  private static Batch batch(Labels labels, String... lines) {
    var batch = new Batch(new Lane("test"));
    for (String line : lines) {
      var entry = batch.add();
      entry.labels(labels);
      entry.line(line);
    }
    return batch;
  }

  private static List<String> lines(Tap tap) throws InterruptedException {
    List<String> lines = new ArrayList<>();
    List<TappedLine> more = tap.take(AT_ONCE);
    while (!more.isEmpty()) {
      more.forEach(line -> lines.add(line.text()));
      more = tap.take(AT_ONCE);
    }
    return lines;
  }
}
