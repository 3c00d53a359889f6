package dev.weir.agent.loki.process.stage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.agent.loki.Extracted;
import io.burt.jmespath.Expression;
import io.burt.jmespath.JmesPathException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// JSON of which a tree has to be made.
final class JsonTree {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonTree() {}

  /// Extracts what paths lead to; null for those that lead nowhere.
  static void extract(
      Extracted extracted,
      List<JsonExpressions.Path> paths,
      byte[] buffer,
      int offset,
      int length) {
    JsonNode tree = read(buffer, offset, length);
    for (JsonExpressions.Path path : paths) {
      extracted.put(path.to(), tree == null ? null : value(search(path.expression(), tree)));
    }
  }

  /// What an expression leads to; null also where it does not fit.
  static @Nullable JsonNode search(Expression<JsonNode> expression, JsonNode tree) {
    try {
      return expression.search(tree);
    } catch (JmesPathException doesNotFit) {
      return null;
    }
  }

  /// An object or list as Go writes it: no blanks, names in order.
  static @Nullable String compact(byte[] buffer, int offset, int length) {
    JsonNode tree = read(buffer, offset, length);
    return tree == null ? null : text(tree);
  }

  private static @Nullable JsonNode read(byte[] buffer, int offset, int length) {
    try {
      return MAPPER.readTree(buffer, offset, length);
    } catch (IOException tooDeepOrLarge) {
      return null;
    }
  }

  /// A scalar as it is extracted, anything else as JSON.
  static @Nullable Object value(@Nullable JsonNode node) {
    if (node == null || node.isNull() || node.isMissingNode()) {
      return null;
    }
    if (node.isTextual()) {
      return node.textValue();
    }
    if (node.isNumber()) {
      return node.doubleValue();
    }
    return node.isBoolean() ? (Object) node.booleanValue() : text(node);
  }

  private static String text(JsonNode node) {
    var out = new StringBuilder();
    write(out, node);
    return out.toString();
  }

  private static void write(StringBuilder out, JsonNode node) {
    if (node.isObject()) {
      Map<String, JsonNode> sorted = new TreeMap<>();
      node.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
      String separator = "{";
      for (Map.Entry<String, JsonNode> field : sorted.entrySet()) {
        out.append(separator).append(quoted(field.getKey())).append(':');
        write(out, field.getValue());
        separator = ",";
      }
      out.append(sorted.isEmpty() ? "{}" : "}");
    } else if (node.isArray()) {
      String separator = "[";
      for (JsonNode element : node) {
        out.append(separator);
        write(out, element);
        separator = ",";
      }
      out.append(node.isEmpty() ? "[]" : "]");
    } else if (node.isTextual()) {
      out.append(quoted(node.textValue()));
    } else if (node.isNumber()) {
      out.append(GoNumber.json(node.doubleValue()));
    } else {
      out.append(node.asText());
    }
  }

  private static String quoted(String text) {
    return MAPPER
        .getNodeFactory()
        .textNode(text)
        .toString()
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026");
  }
}
