package dev.weir.agent.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
}
