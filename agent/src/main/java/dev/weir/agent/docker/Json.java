package dev.weir.agent.docker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads what comes from an Engine as a stream, of any version: what is missing or null is empty.
final class Json {
  private Json() {}

  static ContainerEvent event(JsonNode node) {
    JsonNode actor = node.path("Actor");
    // `exec_start: sh -c ...` and the like carry their command after the action.
    String action = text(node, "Action");
    int colon = action.indexOf(':');
    return new ContainerEvent(
        colon < 0 ? action : action.substring(0, colon),
        text(actor, "ID"),
        strings(actor.path("Attributes")),
        node.path("timeNano").asLong());
  }

  private static Map<String, String> strings(JsonNode object) {
    var strings = new LinkedHashMap<String, String>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      strings.put(field.getKey(), field.getValue().asText(""));
    }
    return strings;
  }

  static String text(JsonNode node, String field) {
    return node.path(field).asText("");
  }
}
