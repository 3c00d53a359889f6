package dev.weir.operator.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One object of the server and who owns which of its fields. Never changed once it is stored.
///
/// @param object without `managedFields`
record Stored(ObjectNode object, Map<Manager, Set<FieldPath>> owners) {
  ObjectNode metadata() {
    return object.withObject("/metadata");
  }

  long revision() {
    return Long.parseLong(metadata().path("resourceVersion").asText("0"));
  }

  /// As a client sees it.
  ObjectNode shown() {
    ObjectNode copy = object.deepCopy();
    ArrayNode entries = copy.withObject("/metadata").putArray("managedFields");
    owners.forEach((manager, fields) -> {
      if (!fields.isEmpty()) {
        entries.add(entry(manager, fields));
      }
    });
    return copy;
  }

  private ObjectNode entry(Manager manager, Set<FieldPath> fields) {
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    entry.put("manager", manager.name()).put("operation", manager.operation());
    entry.put("apiVersion", object.path("apiVersion").asText()).put("fieldsType", "FieldsV1");
    if (!manager.subresource().isEmpty()) {
      entry.put("subresource", manager.subresource());
    }
    ObjectNode tree = entry.putObject("fieldsV1");
    for (FieldPath path : fields) {
      ObjectNode node = tree;
      for (String step : path.steps()) {
        JsonNode next = node.get(step);
        node = next instanceof ObjectNode object ? object : node.putObject(step);
      }
    }
    return entry;
  }

  /// The value at a path, null where there is none.
  static @Nullable JsonNode value(JsonNode object, FieldPath path) {
    JsonNode node = object;
    for (String step : path.steps()) {
      node = step.startsWith("f:") ? node.get(step.substring(2)) : item(node, step);
      if (node == null) {
        return null;
      }
    }
    return node;
  }

  static @Nullable JsonNode item(JsonNode list, String step) {
    for (JsonNode item : list) {
      if (matches(item, step)) {
        return item;
      }
    }
    return null;
  }

  static boolean matches(JsonNode item, String step) {
    JsonNode key = Json.read(step.substring(2));
    for (Map.Entry<String, JsonNode> part : key.properties()) {
      if (!part.getValue().equals(item.get(part.getKey()))) {
        return false;
      }
    }
    return true;
  }
}
