package dev.weir.agent.testkit;

import dev.weir.agent.component.Component;
import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.ComponentException;
import dev.weir.agent.component.ComponentType;
import dev.weir.agent.component.Stability;
import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Lane;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.river.eval.Default;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/// Components that do next to nothing and write down what is done to them, for tests of the
/// runtime.
///
/// - `test.passthrough { input }` exports `output`, refuses the input `bad` and breaks on `fault`;
/// - `test.pipe { forward_to, tag }` exports `receiver`, hands on what it gets, and sends one batch
///   of its own when it is stopped;
/// - `test.ticker {}` exports `value`, which the test sets with [#publish];
/// - `test.exiting { how }` returns or throws as soon as it runs;
/// - `test.stubborn {}` does not end before [#giveIn];
/// - `test.unsettled {}` is experimental.
public final class TestComponents {
  private final Journal journal;
  private final Map<String, ComponentContext> contexts = new ConcurrentHashMap<>();
  private final Map<String, Duration> drains = new ConcurrentHashMap<>();
  private final CountDownLatch givenIn = new CountDownLatch(1);

  public TestComponents(Journal journal) {
    this.journal = journal;
  }

  /// Each of them.
  public List<ComponentType<?>> types() {
    return List.of(
        settled("test.passthrough", PassthroughArguments.class, Output.class, Passthrough::new),
        settled("test.pipe", PipeArguments.class, PipeExports.class, Pipe::new),
        settled("test.ticker", Nothing.class, Value.class, Ticker::new),
        settled("test.exiting", ExitingArguments.class, Output.class, Exiting::new),
        settled("test.stubborn", Nothing.class, Output.class, Stubborn::new),
        new ComponentType<>(
            "test.unsettled", Stability.EXPERIMENTAL, Nothing.class, Output.class, Stubborn::new));
  }

  /// Makes a ticker publish.
  public void publish(String id, String value) {
    Objects.requireNonNull(contexts.get(id), id).publish(new Value(value));
  }

  /// How long a pipe could have drained when it was stopped.
  public Duration drain(String id) {
    return Objects.requireNonNull(drains.get(id), id);
  }

  /// Lets stubborn components end.
  public void giveIn() {
    givenIn.countDown();
  }

  private static <A extends Record> ComponentType<A> settled(
      String name,
      Class<A> arguments,
      Class<? extends Record> exports,
      ComponentType.Factory<A> factory) {
    return new ComponentType<>(name, Stability.GENERALLY_AVAILABLE, arguments, exports, factory);
  }

  /// Arguments of components that need none.
  public record Nothing() {}

  /// Arguments of `test.passthrough`.
  public record PassthroughArguments(String input) {}

  /// Exports of `test.passthrough`.
  public record Output(String output) {}

  /// Exports of `test.ticker`.
  public record Value(String value) {}

  /// Arguments of `test.pipe`.
  public record PipeArguments(
      @Default("[]") List<Receiver> forwardTo, @Default("\"\"") String tag) {}

  /// Exports of `test.pipe`.
  public record PipeExports(Receiver receiver) {}

  /// Arguments of `test.exiting`.
  public record ExitingArguments(String how) {}

  /// What all of them do alike: they write down what happens and wait for their end.
  private abstract class Journaled<A extends Record> implements Component<A> {
    final ComponentContext context;

    Journaled(ComponentContext context) {
      this.context = context;
      contexts.put(context.id(), context);
      journal.add("made " + context.id());
    }

    @Override
    public void run() throws InterruptedException {
      journal.add("started " + context.id());
      try {
        new CountDownLatch(1).await();
      } finally {
        journal.add("stopped " + context.id());
      }
    }

    @Override
    public void update(A arguments) throws ComponentException {
      journal.add("updated " + context.id());
    }
  }

  private final class Passthrough extends Journaled<PassthroughArguments> {
    Passthrough(PassthroughArguments arguments, ComponentContext context)
        throws ComponentException {
      super(context);
      apply(arguments);
    }

    @Override
    public void update(PassthroughArguments arguments) throws ComponentException {
      apply(arguments);
      super.update(arguments);
    }

    private void apply(PassthroughArguments arguments) throws ComponentException {
      if (arguments.input().equals("bad")) {
        throw new ComponentException("the input is bad");
      }
      if (arguments.input().equals("fault")) {
        throw new IllegalStateException("never thought of");
      }
      context.publish(new Output(arguments.input()));
    }
  }

  private final class Pipe extends Journaled<PipeArguments> implements Receiver {
    private volatile List<Receiver> forwardTo;
    private volatile boolean ended;

    Pipe(PipeArguments arguments, ComponentContext context) {
      super(context);
      forwardTo = arguments.forwardTo();
      context.publish(new PipeExports(this));
    }

    @Override
    public void update(PipeArguments arguments) throws ComponentException {
      forwardTo = arguments.forwardTo();
      super.update(arguments);
    }

    @Override
    public void accept(Batch batch) throws InterruptedException {
      journal.add((ended ? "lost " : "accepted ") + context.id());
      for (Receiver receiver : forwardTo) {
        receiver.accept(batch);
      }
    }

    @Override
    public void run() throws InterruptedException {
      journal.add("started " + context.id());
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException stop) {
        drains.put(context.id(), context.agent().drainTimeout());
        for (Receiver receiver : forwardTo) {
          receiver.accept(new Batch(new Lane(context.id())));
        }
        throw stop;
      } finally {
        ended = true;
        journal.add("stopped " + context.id());
      }
    }
  }

  private final class Ticker extends Journaled<Nothing> {
    Ticker(Nothing arguments, ComponentContext context) {
      super(context);
      context.publish(new Value("first"));
    }
  }

  private final class Exiting extends Journaled<ExitingArguments> {
    private final String how;

    Exiting(ExitingArguments arguments, ComponentContext context) {
      super(context);
      how = arguments.how();
      context.metrics().counter("test_exits_total", "Exits.");
    }

    @Override
    public void run() {
      if (how.equals("throw")) {
        throw new IllegalStateException("out of order");
      }
    }
  }

  private final class Stubborn extends Journaled<Nothing> {
    Stubborn(Nothing arguments, ComponentContext context) {
      super(context);
    }

    @Override
    public void run() {
      journal.add("started " + context.id());
      boolean ended = false;
      while (!ended) {
        try {
          givenIn.await();
          ended = true;
        } catch (InterruptedException ignored) {
          journal.add("interrupted " + context.id());
        }
      }
    }
  }
}
