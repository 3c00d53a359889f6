package dev.weir.agent.runtime;

import dev.weir.agent.river.eval.EvaluationOptions;
import dev.weir.agent.river.eval.Scope;
import dev.weir.agent.river.eval.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The names that a node's expressions may use: the exports of what it refers to, as nested
/// objects.
final class NodeScope {
  private final Map<String, Object> tree = new LinkedHashMap<>();

  /// Makes `a.b.c` name a value.
  void put(String id, Value value) {
    Map<String, Object> at = tree;
    List<String> names = List.of(id.split("\\.", -1));
    for (String name : names.subList(0, names.size() - 1)) {
      at = branch(at, name);
    }
    at.put(names.getLast(), value);
  }

  Scope scope(EvaluationOptions options) {
    return new Scope(values(tree), options);
  }

  @SuppressWarnings("unchecked") // every inner map was put there by this class
  private static Map<String, Object> branch(Map<String, Object> at, String name) {
    return (Map<String, Object>) at.computeIfAbsent(name, _ -> new LinkedHashMap<String, Object>());
  }

  @SuppressWarnings("unchecked") // every inner map was put there by this class
  private static Map<String, Value> values(Map<String, Object> tree) {
    Map<String, Value> values = new LinkedHashMap<>();
    tree.forEach((name, node) ->
        values.put(
            name,
            node instanceof Value value
                ? value
                : new Value.ObjectValue(values((Map<String, Object>) node))));
    return values;
  }
}
