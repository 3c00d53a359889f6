package dev.weir.operator.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What the server knows of the shape of objects: which lists are merged by which keys.
///
/// As the schemas of Kubernetes say it for the kinds that an operator makes; every other list is
/// taken as a whole.
final class Structure {
  private static final Map<String, List<String>> KEYS =
      Map.ofEntries(
          Map.entry("containers", List.of("name")),
          Map.entry("initContainers", List.of("name")),
          Map.entry("volumes", List.of("name")),
          Map.entry("env", List.of("name")),
          Map.entry("outputs", List.of("name")),
          Map.entry("imagePullSecrets", List.of("name")),
          Map.entry("volumeMounts", List.of("mountPath")),
          Map.entry("conditions", List.of("type")),
          Map.entry("ownerReferences", List.of("uid")),
          Map.entry("hostAliases", List.of("ip")),
          Map.entry("topologySpreadConstraints", List.of("topologyKey", "whenUnsatisfiable")));
  private static final Set<String> WHOLE =
      Set.of("matchLabels", "nodeSelector", "selector", "podTemplatePatch");

  private Structure() {}

  /// The keys by which the items of a list are told apart; empty for a list taken as a whole.
  static List<String> keys(String field, JsonNode list) {
    List<String> keys = keys(field, list, KEYS.getOrDefault(field, List.of()));
    for (JsonNode item : list) {
      if (!item.isObject() || !keys.stream().allMatch(item::has)) {
        return List.of();
      }
    }
    return keys;
  }

  private static List<String> keys(String field, JsonNode list, List<String> known) {
    if (!field.equals("ports")) {
      return known;
    }
    // A container's port, a service's port; a network policy's ports are one value.
    JsonNode first = list.path(0);
    if (first.has("containerPort")) {
      return List.of("containerPort");
    }
    return first.has("targetPort") || first.has("name") ? List.of("port") : List.of();
  }

  /// Whether an object is one value.
  static boolean whole(String field, JsonNode value) {
    return value.isEmpty() || (WHOLE.contains(field) && !value.has("matchLabels"));
  }

  static String step(List<String> keys, JsonNode item) {
    ObjectNode key = JsonNodeFactory.instance.objectNode();
    keys.forEach(name -> key.set(name, item.get(name)));
    return "k:" + key;
  }

  /// Every field that a manager says something about by applying an object.
  static Set<FieldPath> fields(ObjectNode object) {
    var paths = new TreeSet<FieldPath>(BY_TEXT);
    collect(object, FieldPath.ROOT, paths);
    return paths;
  }

  private static void collect(ObjectNode object, FieldPath path, Set<FieldPath> into) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!identity(path, field.getKey())) {
        collect(field.getKey(), field.getValue(), path.then("f:" + field.getKey()), into);
      }
    }
  }

  private static void collect(String name, JsonNode value, FieldPath path, Set<FieldPath> into) {
    if (value instanceof ObjectNode object && !whole(name, value)) {
      collect(object, path, into);
    } else if (value.isArray() && !keys(name, value).isEmpty()) {
      List<String> keys = keys(name, value);
      for (JsonNode item : value) {
        FieldPath itemPath = path.then(step(keys, item));
        into.add(itemPath);
        collect((ObjectNode) item, itemPath, into);
      }
    } else {
      into.add(path);
    }
  }

  /// What names an object belongs to no manager.
  private static boolean identity(FieldPath path, String field) {
    if (path.steps().isEmpty()) {
      return Set.of("apiVersion", "kind").contains(field);
    }
    return path.steps().equals(List.of("f:metadata"))
        && Set.of(
                "name",
                "namespace",
                "uid",
                "resourceVersion",
                "generation",
                "creationTimestamp",
                "deletionTimestamp",
                "selfLink",
                "managedFields")
            .contains(field);
  }

  static final java.util.Comparator<FieldPath> BY_TEXT =
      java.util.Comparator.comparing((FieldPath path) -> String.join("\u0000", path.steps()));
}
