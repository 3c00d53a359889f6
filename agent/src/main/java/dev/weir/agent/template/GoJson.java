package dev.weir.agent.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Map;

/// JSON with two blanks per level, as Go's `MarshalIndent` writes it.
final class GoJson {
  private GoJson() {}

  static String pretty(JsonNode node) {
    var out = new StringBuilder();
    write(out, node, "\n");
    return out.toString();
  }

  private static void write(StringBuilder out, JsonNode node, String newline) {
    if (!node.isContainerNode()) {
      out.append(node);
    } else if (node.isEmpty()) {
      out.append(node.isArray() ? "[]" : "{}");
    } else {
      String inner = newline + "  ";
      out.append(node.isArray() ? '[' : '{');
      String separator = inner;
      Iterator<Map.Entry<String, JsonNode>> fields = node.properties().iterator();
      for (JsonNode child : node) {
        out.append(separator);
        if (node.isObject()) {
          out.append('"').append(fields.next().getKey()).append("\": ");
        }
        write(out, child, inner);
        separator = "," + inner;
      }
      out.append(newline).append(node.isArray() ? ']' : '}');
    }
  }
}
