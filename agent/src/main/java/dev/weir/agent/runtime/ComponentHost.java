package dev.weir.agent.runtime;

import dev.weir.agent.component.ComponentException;
import dev.weir.agent.component.ComponentType;
import dev.weir.agent.component.Health;
import dev.weir.agent.component.Report;
import dev.weir.agent.metrics.ComponentMetrics;
import dev.weir.agent.river.Block;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.river.eval.Scope;
import dev.weir.agent.river.eval.Value;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The place of a component in the graph: it makes the component from its first usable arguments,
/// updates it in place, and makes a new one where the last has exited.
///
/// [#apply] is called by one thread at a time; the rest by any.
final class ComponentHost<A extends Record> implements Subject {
  private final String id;
  private final ComponentType<A> type;
  private final RuntimeEnvironment environment;
  private final Runnable exportsChanged;
  private volatile @Nullable Instance<A> instance;

  ComponentHost(
      String id, ComponentType<A> type, RuntimeEnvironment environment, Runnable exportsChanged) {
    this.id = id;
    this.type = type;
    this.environment = environment;
    this.exportsChanged = exportsChanged;
  }

  @Override
  public void apply(Block block, Scope scope) throws DiagnosticsException {
    Decoding decoding = Decoding.ofComponent(block);
    A decoded = decoding.decode(type.arguments(), scope);
    A arguments = environment.outlets().watched(id, decoded);
    Instance<A> current = instance;
    try {
      if (current == null) {
        instance = create(arguments);
      } else {
        current.update(arguments);
      }
    } catch (ComponentException | RuntimeException unusable) {
      String step = current == null ? "building component: " : "updating component: ";
      throw decoding.failed(step, unusable);
    }
  }

  /// Forgets a component that has exited, so that the next evaluation makes a new one.
  void forgetExited() {
    Instance<A> current = instance;
    if (current != null && current.exited()) {
      current.discard();
      instance = null;
    }
  }

  /// Runs the component if there is one and it does not run yet.
  void start() {
    Instance<A> current = instance;
    if (current != null) {
      current.start();
    }
  }

  /// Stops the component, which may wait for confirmations as long as `drain`, and waits until it
  /// has ended, at most for `limit`.
  void stop(Duration drain, Duration limit) throws InterruptedException {
    Instance<A> current = instance;
    if (current != null) {
      current.stop(drain, limit);
    }
    environment.outlets().gone(id);
  }

  String typeName() {
    return type.name();
  }

  /// The health of the running component; empty when there is none.
  Optional<Health> health() {
    return Optional.ofNullable(instance).map(Instance::health);
  }

  Optional<Record> arguments() {
    return Optional.ofNullable(instance).map(Instance::arguments);
  }

  Optional<Record> debugInfo() {
    return Optional.ofNullable(instance).flatMap(Instance::debugInfo);
  }

  Optional<Report> report() {
    return Optional.ofNullable(instance).flatMap(Instance::report);
  }

  Optional<ComponentMetrics> metrics() {
    return Optional.ofNullable(instance).map(current -> current.context().metrics());
  }

  Optional<Record> exports() {
    return Optional.ofNullable(instance).flatMap(current -> current.context().exports());
  }

  /// The exports as others see them; empty while there is no component.
  Optional<Value> exportsValue() {
    return Optional.ofNullable(instance)
        .map(current -> current.context().value().orElseGet(this::unpublished));
  }

  private Value unpublished() {
    return UnpublishedExports.of(type.exports());
  }

  private Instance<A> create(A arguments) throws ComponentException {
    NodeContext context = new NodeContext(id, environment, exportsChanged);
    try {
      return new Instance<>(type.factory().create(arguments, context), arguments, context);
    } catch (ComponentException | RuntimeException failure) {
      context.close();
      throw failure;
    }
  }
}
