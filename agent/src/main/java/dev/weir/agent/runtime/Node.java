package dev.weir.agent.runtime;

import dev.weir.agent.component.Health;
import dev.weir.agent.component.Health.State;
import dev.weir.agent.river.Block;
import dev.weir.agent.river.Diagnostic;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.river.eval.EvaluationOptions;
import dev.weir.agent.river.eval.Scope;
import dev.weir.agent.river.eval.Value;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A block of the running configuration: how it is written now, what it refers to, what came of it.
///
/// Evaluations take turns under the node's lock, which is held while a component is made or
/// updated. Everything else may be called at any time by any thread.
final class Node {
  private static final Logger log = LoggerFactory.getLogger(Node.class);

  private final String id;
  private final Subject subject;
  private final InstantSource clock;
  private final EvaluationOptions options;
  private volatile boolean due;
  private volatile Written written;
  private volatile List<Node> inForce = List.of();
  private volatile Health evaluated;
  private volatile boolean closed;

  /// @param exportsChanged told when the node's component has published new exports; must not block
  Node(Definition definition, RuntimeEnvironment environment, Consumer<Node> exportsChanged) {
    this.id = definition.id();
    this.clock = environment.clock();
    this.options = environment.evaluation();
    this.written = new Written(definition.block(), List.of(), new Value.StringValue(""));
    this.evaluated = new Health(State.UNKNOWN, "component created", clock.instant());
    this.subject =
        switch (definition) {
          case Definition.OfComponent component ->
              new ComponentHost<>(
                  id, component.type(), environment, () -> exportsChanged.accept(this));
          case Definition.OfConfigBlock block -> new ConfigBlockHost<>(block.type());
        };
  }

  String id() {
    return id;
  }

  Block block() {
    return written.block;
  }

  /// What the node refers to as it is written.
  List<Node> dependencies() {
    return written.dependencies;
  }

  /// What the arguments in force refer to: other than [#dependencies] while an evaluation fails.
  List<Node> inForce() {
    return inForce;
  }

  /// The component's place; empty for a config block.
  Optional<ComponentHost<?>> component() {
    return subject instanceof ComponentHost<?> host ? Optional.of(host) : Optional.empty();
  }

  /// The worst of how it was evaluated, how it runs and what it says itself.
  Health health() {
    Health now = evaluated;
    return component()
        .flatMap(ComponentHost::health)
        .map(running -> Healths.worst(now, running))
        .orElse(now);
  }

  /// How it was evaluated last.
  Health evaluation() {
    return evaluated;
  }

  /// Changes how the node is written. It keeps working as before until [#evaluateDue].
  synchronized void define(Block block, List<Node> dependencies, String modulePath) {
    written = new Written(block, List.copyOf(dependencies), new Value.StringValue(modulePath));
    due = true;
  }

  /// Evaluates the node as it is written now, and makes a component that has exited anew.
  ///
  /// @return what is wrong with it, without what is merely a consequence of another node's failure
  synchronized List<Diagnostic> evaluateDue() {
    due = false;
    component().ifPresent(ComponentHost::forgetExited);
    return evaluate();
  }

  /// Evaluates the node because something that it refers to has changed. Does nothing when a load
  /// is about to evaluate it, or when it is closed.
  synchronized List<Diagnostic> evaluateAgain() {
    return due || closed ? List.of() : evaluate();
  }

  /// Whether a load is about to evaluate the node, with whatever is published until then.
  boolean due() {
    return due;
  }

  /// From now on nothing evaluates the node.
  void close() {
    closed = true;
  }

  private List<Diagnostic> evaluate() {
    Written now = written;
    Optional<Node> missing = now.dependencies.stream().filter(Node::withoutExports).findFirst();
    if (missing.isPresent()) {
      unhealthy(missing.get().id + " has no exports");
      return List.of();
    }
    try {
      subject.apply(now.block, scope(now));
    } catch (DiagnosticsException invalid) {
      return failed(invalid);
    } catch (RuntimeException | StackOverflowError fault) {
      return failed(Decoding.ofComponent(now.block).failed("", fault));
    }
    inForce = now.dependencies;
    evaluated = new Health(State.HEALTHY, "component evaluated", clock.instant());
    return List.of();
  }

  private List<Diagnostic> failed(DiagnosticsException failure) {
    Throwable cause = failure.getCause();
    if (cause instanceof RuntimeException || cause instanceof Error) {
      // The user cannot mend it: whoever maintains the component needs to know where it came from.
      log.atError().addKeyValue("node_id", id).setCause(cause).log("a component is at fault");
    }
    unhealthy(failure.diagnostics().getFirst().summary());
    return failure.diagnostics();
  }

  private void unhealthy(String reason) {
    String message = "component evaluation failed: " + reason;
    evaluated = new Health(State.UNHEALTHY, message, clock.instant());
  }

  private boolean withoutExports() {
    return component().flatMap(ComponentHost::exportsValue).isEmpty();
  }

  private Scope scope(Written now) {
    NodeScope names = new NodeScope();
    names.put(Wiring.MODULE_PATH, now.modulePath);
    for (Node dependency : now.dependencies) {
      dependency
          .component()
          .flatMap(ComponentHost::exportsValue)
          .ifPresent(value -> names.put(dependency.id, value));
    }
    return names.scope(options);
  }

  private record Written(Block block, List<Node> dependencies, Value modulePath) {}
}
