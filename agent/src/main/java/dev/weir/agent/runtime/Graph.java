package dev.weir.agent.runtime;

import dev.weir.agent.component.Report;
import dev.weir.agent.metrics.ComponentMetrics;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The nodes of a configuration, each after all that it refers to. Immutable.
record Graph(List<Node> nodes, Map<Node, List<Node>> dependants) {
  static final Graph EMPTY = new Graph(List.of(), Map.of());

  /// @param nodes in order, with their dependencies set
  static Graph of(List<Node> nodes) {
    Map<Node, List<Node>> dependants = new HashMap<>();
    for (Node node : nodes) {
      for (Node dependency : node.dependencies()) {
        dependants.computeIfAbsent(dependency, _ -> new ArrayList<>()).add(node);
      }
    }
    return new Graph(List.copyOf(nodes), dependants);
  }

  /// The nodes that refer to a node directly.
  List<Node> dependantsOf(Node node) {
    return dependants.getOrDefault(node, List.of());
  }

  /// What the component API tells of all components, by id.
  ///
  /// @param moduleId empty for the root
  List<ComponentInfo> components(String moduleId) {
    Map<String, ComponentInfo> byId = new TreeMap<>();
    for (Node node : nodes) {
      node.component().ifPresent(host -> byId.put(node.id(), info(node, host, moduleId)));
    }
    return List.copyOf(byId.values());
  }

  private ComponentInfo info(Node node, ComponentHost<?> host, String moduleId) {
    String label = node.block().label();
    return new ComponentInfo(
        host.typeName(),
        node.id(),
        moduleId,
        label == null ? "" : label,
        node.dependencies().stream().map(Node::id).toList(),
        dependantsOf(node).stream().map(Node::id).toList(),
        node.health(),
        host.arguments().orElse(null),
        host.exports().orElse(null),
        host.debugInfo().orElse(null));
  }

  /// All components, for whoever watches over them.
  List<ModulePart> parts() {
    List<ModulePart> parts = new ArrayList<>();
    for (Node node : nodes) {
      node.component()
          .ifPresent(host -> host.metrics().ifPresent(own -> parts.add(part(node, host, own))));
    }
    return parts;
  }

  private static ModulePart part(Node node, ComponentHost<?> host, ComponentMetrics metrics) {
    Report report = host.report().orElse(null);
    return new ModulePart(
        node.id(),
        host.typeName(),
        report instanceof Report.Source ? reach(node) : Set.of(),
        node.health(),
        node.evaluation(),
        report,
        metrics);
  }

  private static Set<String> reach(Node from) {
    Set<String> reached = new HashSet<>();
    Deque<Node> open = new ArrayDeque<>(from.dependencies());
    while (!open.isEmpty()) {
      Node node = open.remove();
      if (reached.add(node.id())) {
        open.addAll(node.dependencies());
      }
    }
    return reached;
  }
}
