package dev.weir.agent.runtime;

import dev.weir.agent.river.Diagnostic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All nodes that exist: those of the configuration, and those that it no longer names while
/// arguments in force still refer to them.
///
/// [#put], [#start], [#stopGone] and [#discard] are called by one thread at a time; the rest by
/// any.
final class Nodes {
  private static final Logger log = LoggerFactory.getLogger(Nodes.class);

  private final RuntimeEnvironment environment;
  private final RuntimeMetrics metrics;
  private final EvaluationQueue queue;
  private final Map<String, Node> byId = new LinkedHashMap<>();
  private volatile Graph graph = Graph.EMPTY;

  Nodes(RuntimeEnvironment environment, RuntimeMetrics metrics) {
    this.environment = environment;
    this.metrics = metrics;
    this.queue = new EvaluationQueue(metrics, this::evaluateAgain);
  }

  /// The configuration in force.
  Graph graph() {
    return graph;
  }

  int queued() {
    return queue.size();
  }

  /// Puts a plan into force: makes what is new, updates what has changed. Starts and stops nothing.
  ///
  /// @return what is wrong with nodes that could not be made or updated
  List<Diagnostic> put(Plan plan, String modulePath) {
    List<Node> nodes = plan.definitions().stream().map(this::nodeOf).toList();
    for (Definition definition : plan.definitions()) {
      List<Node> dependencies = new ArrayList<>();
      for (String id : plan.referencesOf(definition)) {
        dependencies.add(existing(id));
      }
      existing(definition.id()).define(definition.block(), dependencies, modulePath);
    }
    graph = Graph.of(nodes);
    List<Diagnostic> errors = new ArrayList<>();
    nodes.forEach(node -> errors.addAll(metrics.timed(node::evaluateDue)));
    return errors;
  }

  /// Runs every component of the configuration that does not run yet, receivers before sources.
  void start() {
    graph.nodes().forEach(Nodes::start);
  }

  /// Stops what neither the configuration nor arguments in force refer to any more. By now their
  /// feeders have been updated, so nothing is sent to them.
  void stopGone(Duration drain) throws InterruptedException {
    Set<Node> wanted = wanted();
    List<Node> gone = byId.values().stream().filter(node -> !wanted.contains(node)).toList();
    gone.forEach(node -> byId.remove(node.id()));
    new StopOrder(gone, drain).run();
  }

  /// Forgets everything after a first load that failed: nothing of it was started.
  void discard() throws InterruptedException {
    graph = Graph.EMPTY;
    stopGone(Duration.ZERO);
  }

  /// Ends all evaluation and tells how to stop everything.
  StopOrder close(Duration drain) throws InterruptedException {
    queue.close();
    return new StopOrder(List.copyOf(byId.values()), drain);
  }

  private Node nodeOf(Definition definition) {
    return byId.computeIfAbsent(
        definition.id(), _ -> new Node(definition, environment, this::exportsChanged));
  }

  private Node existing(String id) {
    Node node = byId.get(id);
    if (node == null) {
      throw new IllegalStateException("no node " + id);
    }
    return node;
  }

  private void exportsChanged(Node node) {
    graph.dependantsOf(node).stream().filter(dependant -> !dependant.due()).forEach(queue::add);
  }

  private void evaluateAgain(Node node) {
    List<Diagnostic> errors = metrics.timed(node::evaluateAgain);
    for (Diagnostic error : errors) {
      log.atError()
          .addKeyValue("node_id", node.id())
          .addKeyValue("err", error.summary())
          .log("failed to evaluate config");
    }
    // Its first usable arguments may have come just now.
    start(node);
  }

  private static void start(Node node) {
    node.component().ifPresent(ComponentHost::start);
  }

  private Set<Node> wanted() {
    Set<Node> wanted = new LinkedHashSet<>();
    Deque<Node> open = new ArrayDeque<>(graph.nodes());
    while (!open.isEmpty()) {
      Node node = open.remove();
      if (wanted.add(node)) {
        open.addAll((Collection<Node>) node.inForce());
      }
    }
    return wanted;
  }
}
