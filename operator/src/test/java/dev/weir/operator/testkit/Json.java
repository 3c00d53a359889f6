package dev.weir.operator.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.UncheckedIOException;

/// Text and trees of objects. Thread-safe.
final class Json {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().disable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final YAMLMapper YAML = new YAMLMapper();

  private Json() {}

  static JsonNode read(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// An object as clients send it, in JSON or YAML.
  static ObjectNode object(String text) {
    try {
      JsonNode node =
          text.stripLeading().startsWith("{") ? MAPPER.readTree(text) : YAML.readTree(text);
      return (ObjectNode) node;
    } catch (JsonProcessingException | ClassCastException e) {
      throw new ApiFailure(400, "BadRequest", "not an object: " + e.getMessage());
    }
  }

  static String write(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
