package dev.weir.agent.river.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.weir.agent.river.eval.Value.ArrayValue;
import dev.weir.agent.river.eval.Value.BoolValue;
import dev.weir.agent.river.eval.Value.NullValue;
import dev.weir.agent.river.eval.Value.NumberValue;
import dev.weir.agent.river.eval.Value.ObjectValue;
import dev.weir.agent.river.eval.Value.StringValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads YAML.
final class YamlDocuments {
  private static final YAMLMapper MAPPER = new YAMLMapper();

  private YamlDocuments() {}

  /// The value of the first document.
  ///
  /// @throws IllegalArgumentException when it is not YAML
  static Value parse(String text) {
    Limits.text(text.length());
    try {
      return value(MAPPER.readTree(text));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("invalid YAML at line " + e.getLocation().getLineNr());
    }
  }

  private static Value value(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> object(node);
      case ARRAY -> array(node);
      case STRING -> new StringValue(node.asText());
      case BOOLEAN -> new BoolValue(node.asBoolean());
      case NUMBER ->
          new NumberValue(
              node.canConvertToLong() && node.isIntegralNumber()
                  ? (Number) node.asLong()
                  : (Number) node.asDouble());
      default -> new NullValue();
    };
  }

  private static Value object(JsonNode node) {
    Map<String, Value> fields = new LinkedHashMap<>();
    node.properties().forEach(field -> fields.put(field.getKey(), value(field.getValue())));
    return new ObjectValue(Collections.unmodifiableMap(fields));
  }

  private static Value array(JsonNode node) {
    List<Value> values = new ArrayList<>();
    node.forEach(element -> values.add(value(element)));
    return new ArrayValue(values);
  }
}
