package dev.weir.operator.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.weir.agent.regex.GoRegex;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The structural schema of a kind: types, limits, patterns and defaults. Its rules in CEL are
/// asked by API servers only.
///
/// @param tree the OpenAPI schema of the CRD
public record Schema(JsonNode tree) {
  private static final List<String> PLURALS =
      List.of("logpipelines", "clusterlogpipelines", "logagentclasses");

  /// The schema of a kind; null when it is none of ours.
  public static @Nullable Schema of(String kind) {
    for (String plural : PLURALS) {
      JsonNode crd = read(plural + ".weir.dev.yaml");
      if (crd.at("/spec/names/kind").asText().equals(kind)) {
        return new Schema(crd.at("/spec/versions/0/schema/openAPIV3Schema"));
      }
    }
    return null;
  }

  private static JsonNode read(String file) {
    try (InputStream in = Schema.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the CRD " + file + " is missing");
      }
      return new YAMLMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What is wrong with a resource, each with the path of the field.
  public List<String> check(JsonNode resource) {
    List<String> faults = new ArrayList<>();
    for (String part : List.of("spec", "status")) {
      JsonNode value = resource.get(part);
      if (value != null) {
        check(part, value, tree.get("properties").get(part), faults);
      } else if (part.equals("spec")) {
        faults.add("spec: is required");
      }
    }
    return faults;
  }

  /// Fills in what an API server fills in.
  public void fillIn(ObjectNode resource) {
    fillIn((JsonNode) resource, tree);
  }

  private static void fillIn(JsonNode value, JsonNode schema) {
    if (value instanceof ObjectNode object && schema.has("properties")) {
      schema
          .get("properties")
          .properties()
          .forEach(one -> {
            JsonNode given = one.getValue().get("default");
            if (given != null && !object.has(one.getKey())) {
              object.set(one.getKey(), given.deepCopy());
            }
            JsonNode inside = object.get(one.getKey());
            if (inside != null) {
              fillIn(inside, one.getValue());
            }
          });
    } else if (value.isArray() && schema.has("items")) {
      value.forEach(element -> fillIn(element, schema.get("items")));
    }
  }

  private static void check(String path, JsonNode value, JsonNode schema, List<String> faults) {
    String type = schema.path("type").asText();
    if (!isOf(type, value, schema)) {
      faults.add(path + ": must be " + (type.isEmpty() ? "a number or a text" : "of type " + type));
      return;
    }
    switch (type) {
      case "string" -> text(path, value.asText(), schema, faults);
      case "integer" -> number(path, value.asLong(), schema, faults);
      case "array" -> list(path, value, schema, faults);
      case "object" -> object(path, value, schema, faults);
      case "" -> text(path, value.asText(), schema, faults);
      default -> {}
    }
  }

  private static boolean isOf(String type, JsonNode value, JsonNode schema) {
    return switch (type) {
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "boolean" -> value.isBoolean();
      case "array" -> value.isArray();
      case "object" -> value.isObject();
      default ->
          !schema.path("x-kubernetes-int-or-string").asBoolean()
              || value.isTextual()
              || value.isIntegralNumber();
    };
  }

  private static void text(String path, String text, JsonNode schema, List<String> faults) {
    int length = text.codePointCount(0, text.length());
    if (length > schema.path("maxLength").asInt(Integer.MAX_VALUE)) {
      faults.add(path + ": may be at most " + schema.get("maxLength") + " characters long");
    }
    if (length < schema.path("minLength").asInt(0)) {
      faults.add(path + ": must be at least " + schema.get("minLength") + " characters long");
    }
    String pattern = schema.path("pattern").asText();
    if (!pattern.isEmpty() && !GoRegex.compile(pattern).find(text)) {
      faults.add(path + ": must match " + pattern);
    }
    JsonNode choices = schema.get("enum");
    if (choices != null) {
      Set<String> known = new HashSet<>();
      choices.forEach(choice -> known.add(choice.asText()));
      if (!known.contains(text)) {
        faults.add(path + ": must be one of " + choices);
      }
    }
  }

  private static void number(String path, long number, JsonNode schema, List<String> faults) {
    if (number > schema.path("maximum").asLong(Long.MAX_VALUE)) {
      faults.add(path + ": must be at most " + schema.get("maximum"));
    }
    if (number < schema.path("minimum").asLong(Long.MIN_VALUE)) {
      faults.add(path + ": must be at least " + schema.get("minimum"));
    }
  }

  private static void list(String path, JsonNode list, JsonNode schema, List<String> faults) {
    if (list.size() > schema.path("maxItems").asInt(Integer.MAX_VALUE)) {
      faults.add(path + ": may have at most " + schema.get("maxItems") + " elements");
    }
    if (list.size() < schema.path("minItems").asInt(0)) {
      faults.add(path + ": must have at least " + schema.get("minItems") + " elements");
    }
    String kind = schema.path("x-kubernetes-list-type").asText();
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      JsonNode element = list.get(i);
      check(path + "[" + i + "]", element, schema.get("items"), faults);
      String key = key(element, schema, kind);
      if (!key.isEmpty() && !keys.add(key)) {
        faults.add(path + "[" + i + "]: is there twice");
      }
    }
  }

  private static String key(JsonNode element, JsonNode schema, String kind) {
    return switch (kind.toLowerCase(Locale.ROOT)) {
      case "set" -> element.asText();
      case "map" -> element.path(schema.at("/x-kubernetes-list-map-keys/0").asText()).asText();
      default -> "";
    };
  }

  private static void object(String path, JsonNode object, JsonNode schema, List<String> faults) {
    schema
        .path("required")
        .forEach(name -> {
          if (!object.has(name.asText())) {
            faults.add(path + "." + name.asText() + ": is required");
          }
        });
    if (object.size() > schema.path("maxProperties").asInt(Integer.MAX_VALUE)) {
      faults.add(path + ": may have at most " + schema.get("maxProperties") + " fields");
    }
    boolean open = schema.path("x-kubernetes-preserve-unknown-fields").asBoolean();
    object
        .properties()
        .forEach(one -> {
          String at = path + "." + one.getKey();
          JsonNode field = schema.path("properties").get(one.getKey());
          JsonNode known = field == null ? schema.get("additionalProperties") : field;
          if (known != null) {
            check(at, one.getValue(), known, faults);
          } else if (!open) {
            faults.add(at + ": there is no such field");
          }
        });
  }
}
