package dev.weir.agent.remote.kubernetes;

import dev.weir.agent.component.Component;
import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.ComponentException;
import dev.weir.agent.component.Health;
import dev.weir.agent.kubernetes.ServiceAccount;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Exports an object's data, read again and again. The last data stay while there are no good ones.
///
/// It reads once before it runs: what refers to the data cannot be evaluated without.
public final class ObjectPoll implements Component<PollArguments> {
  private final Kind kind;
  private final ComponentContext context;
  private final Semaphore changed = new Semaphore(0);
  private volatile PollArguments arguments;
  private volatile Health health;

  /// Which kind of object, and what it exports.
  @FunctionalInterface
  public interface Kind {
    /// Reads one.
    ///
    /// @throws IOException when there is none, or no answer
    Record read(ObjectReader reader) throws IOException;
  }

  /// @throws ComponentException when it cannot be read now
  public ObjectPoll(Kind kind, PollArguments arguments, ComponentContext context)
      throws ComponentException {
    this.kind = kind;
    this.context = context;
    this.arguments = arguments;
    this.health = health(Health.State.UNKNOWN, "component started");
    readOrRefuse(arguments);
  }

  private Health health(Health.State state, String message) {
    return new Health(state, message, context.clock().instant());
  }

  private void readOrRefuse(PollArguments from) throws ComponentException {
    try {
      read(from);
    } catch (IOException e) {
      throw new ComponentException(health.message(), e);
    }
  }

  private synchronized void read(PollArguments from) throws IOException {
    String userAgent = "Weir/" + context.agent().version();
    try (var reader = new ObjectReader(from, ServiceAccount.own(), userAgent)) {
      context.publish(kind.read(reader));
      health = health(Health.State.HEALTHY, "got " + from.namespace() + "/" + from.name());
    } catch (IOException e) {
      health = health(Health.State.UNHEALTHY, "polling failed: " + e.getMessage());
      throw e;
    }
  }

  @Override
  public void run() throws InterruptedException {
    while (true) {
      long wait = arguments.pollFrequency().toNanos();
      if (changed.tryAcquire(wait, TimeUnit.NANOSECONDS)) {
        changed.drainPermits();
      } else {
        readAgain();
      }
    }
  }

  private void readAgain() {
    boolean wasHealthy = health.state() == Health.State.HEALTHY;
    try {
      read(arguments);
    } catch (IOException e) {
      if (wasHealthy) {
        context.log().atError().addKeyValue("err", e.getMessage()).log("the last data stay");
      }
    }
  }

  @Override
  public void update(PollArguments newArguments) throws ComponentException {
    readOrRefuse(newArguments);
    arguments = newArguments;
    changed.release();
  }

  @Override
  public Optional<Health> health() {
    return Optional.of(health);
  }
}
