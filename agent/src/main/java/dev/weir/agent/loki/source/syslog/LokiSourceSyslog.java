package dev.weir.agent.loki.source.syslog;

import dev.weir.agent.component.Component;
import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.ComponentException;
import dev.weir.agent.component.ComponentType;
import dev.weir.agent.component.Health;
import dev.weir.agent.component.Stability;
import dev.weir.agent.loki.Fanout;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.relabel.Rules;
import dev.weir.agent.river.eval.BlockField;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Takes syslog messages over TCP, TLS and UDP and passes them on as entries.
///
/// Syslog has no acknowledgement: what was read and not delivered when the agent ends is lost, and
/// counted where that can be done.
public final class LokiSourceSyslog implements Component<LokiSourceSyslog.Arguments> {
  public static final ComponentType<Arguments> TYPE =
      new ComponentType<>(
          "loki.source.syslog",
          Stability.GENERALLY_AVAILABLE,
          Arguments.class,
          ComponentType.NoExports.class,
          LokiSourceSyslog::new);

  private static final Duration BIND_AGAIN = Duration.ofSeconds(2);

  /// What the block holds.
  ///
  /// @param forwardTo who gets every entry
  /// @param relabelRules applied to the labels of each message
  /// @param listener where to listen
  public record Arguments(
      List<Receiver> forwardTo,
      @Nullable Rules relabelRules,
      @BlockField List<ListenerArguments> listener) {
    public Arguments {
      forwardTo = List.copyOf(forwardTo);
      listener = List.copyOf(listener);
    }
  }

  private final ComponentContext context;
  private final Listeners listeners;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Arguments arguments;
  private boolean running;

  LokiSourceSyslog(Arguments arguments, ComponentContext context) throws ComponentException {
    this.context = context;
    this.arguments = checked(arguments);
    listeners = new Listeners(context, new SyslogMetrics(context.metrics()));
  }

  private Arguments checked(Arguments next) throws ComponentException {
    boolean raw =
        next.listener().stream().anyMatch(one -> one.syslogFormat().equals(ListenerArguments.RAW));
    if (raw && context.agent().minimumStability() != Stability.EXPERIMENTAL) {
      throw new ComponentException(
          "\"raw\" syslog format is available only at experimental stability level");
    }
    return next;
  }

  @Override
  public void run() throws InterruptedException {
    lock.lock();
    try {
      running = true;
      while (true) {
        boolean all = reconcile();
        if (all) {
          changed.await();
        } else {
          changed.awaitNanos(BIND_AGAIN.toNanos());
        }
      }
    } finally {
      running = false;
      listeners.stop(context.agent().drainTimeout());
      lock.unlock();
    }
  }

  private boolean reconcile() throws InterruptedException {
    Receiver receiver = Fanout.to(arguments.forwardTo());
    Rules rules = arguments.relabelRules();
    List<SyslogSettings> wanted =
        arguments.listener().stream()
            .map(one ->
                SyslogSettings.of(
                    one, rules == null ? Rules.NONE : rules, receiver, context.clock()))
            .toList();
    return listeners.reconcile(wanted, context.agent().drainTimeout());
  }

  @Override
  public void update(Arguments next) throws ComponentException {
    lock.lock();
    try {
      arguments = checked(next);
      if (running) {
        reconcile();
        changed.signal();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ComponentException("interrupted while listeners were stopping", e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<Health> health() {
    String problem = listeners.problem();
    return problem == null
        ? Optional.empty()
        : Optional.of(new Health(Health.State.UNHEALTHY, problem, context.clock().instant()));
  }

  @Override
  public Optional<Record> debugInfo() {
    return Optional.of(listeners.debugInfo());
  }
}
