package dev.weir.agent.runtime;

import dev.weir.agent.component.Component;
import dev.weir.agent.component.ComponentException;
import dev.weir.agent.component.Health;
import dev.weir.agent.component.Health.State;
import dev.weir.agent.component.Report;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A component, its arguments in force, and the thread that runs it.
///
/// [#update] is called by one thread at a time; the rest by any.
final class Instance<A extends Record> {
  private final Component<A> component;
  private final NodeContext context;
  private volatile A arguments;
  private volatile Health ran;
  private volatile boolean stopping;
  private @Nullable Thread thread;

  Instance(Component<A> component, A arguments, NodeContext context) {
    this.component = component;
    this.arguments = arguments;
    this.context = context;
    this.ran = now(State.UNKNOWN, "component created");
  }

  NodeContext context() {
    return context;
  }

  A arguments() {
    return arguments;
  }

  /// Puts other arguments into force. A component that has exited takes none: the next load makes
  /// it anew.
  void update(A newArguments) throws ComponentException {
    if (!exited() && !newArguments.equals(arguments)) {
      component.update(newArguments);
      arguments = newArguments;
    }
  }

  /// Runs the component, unless it was started or stopped before.
  synchronized void start() {
    if (thread == null && !stopping) {
      ran = now(State.HEALTHY, "started component");
      thread = Thread.ofVirtual().name(context.id()).start(this::run);
    }
  }

  /// Interrupts the component, which may wait for confirmations as long as `drain`, and waits for
  /// its end, at most for `limit`.
  ///
  /// @throws InterruptedException when the caller will not wait; the component is left to end alone
  void stop(Duration drain, Duration limit) throws InterruptedException {
    context.drainWithin(drain);
    Thread running = interrupt();
    if (running != null && !running.join(limit)) {
      context
          .log()
          .atError()
          .addKeyValue("waited", limit)
          .log("component does not stop, left alone");
    }
    discard();
  }

  boolean exited() {
    return ran.state() == State.EXITED;
  }

  /// Removes the component's meters.
  void discard() {
    context.close();
  }

  /// The worse of how it runs and what it says itself.
  Health health() {
    Health running = ran;
    try {
      return component.health().map(own -> Healths.worst(running, own)).orElse(running);
    } catch (RuntimeException fault) {
      return now(State.UNHEALTHY, "component cannot tell its health: " + fault);
    }
  }

  Optional<Record> debugInfo() {
    try {
      return component.debugInfo();
    } catch (RuntimeException fault) {
      context.log().atError().setCause(fault).log("component cannot tell its debug information");
      return Optional.empty();
    }
  }

  Optional<Report> report() {
    try {
      return component.report();
    } catch (RuntimeException fault) {
      context.log().atError().setCause(fault).log("component cannot report");
      return Optional.empty();
    }
  }

  private synchronized @Nullable Thread interrupt() {
    stopping = true;
    if (thread != null) {
      thread.interrupt();
    }
    return thread;
  }

  private void run() {
    try {
      component.run();
      exit("component shut down cleanly", null);
    } catch (InterruptedException stopped) {
      exit("component shut down cleanly", stopping ? null : stopped);
    } catch (RuntimeException | Error fault) {
      exit("component shut down with error: " + fault, fault);
    }
  }

  private void exit(String message, @Nullable Throwable fault) {
    ran = now(State.EXITED, message);
    if (fault != null) {
      context.log().atError().setCause(fault).log("component failed and has exited");
    } else if (stopping) {
      context.log().atDebug().log("component stopped");
    } else {
      context.log().atWarn().log("component has exited");
    }
  }

  private Health now(State state, String message) {
    return new Health(state, message, context.clock().instant());
  }
}
