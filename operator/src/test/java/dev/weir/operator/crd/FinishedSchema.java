package dev.weir.operator.crd;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.operator.api.ClusterOnly;
import dev.weir.operator.api.ListKey;
import dev.weir.operator.api.NumberOrText;
import dev.weir.operator.api.Opaque;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;

/// Walks a schema beside the classes that it was made of.
final class FinishedSchema {
  /// What the classes of the client do not say of fields that are Kubernetes' own.
  private static final Map<String, String> KNOWN =
      Map.ofEntries(
          Map.entry("matchLabels", "Labels that are there with these values."),
          Map.entry("matchExpressions", "Tests of labels that must all pass."),
          Map.entry("key", "Name of the label or taint."),
          Map.entry("operator", "How it is compared."),
          Map.entry("values", "What it is compared with."),
          Map.entry("value", "What it is compared with."),
          Map.entry("effect", "Effect of the taint; any when empty."),
          Map.entry("tolerationSeconds", "How long a taint of effect NoExecute is put up with."),
          Map.entry("type", "What the condition is about."),
          Map.entry("status", "True, False or Unknown."),
          Map.entry("reason", "Why, in one word."),
          Map.entry("message", "Why, in words, and what to do."),
          Map.entry("lastTransitionTime", "When the status last changed."),
          Map.entry("observedGeneration", "Generation of the spec that this is about."));

  private static final int MESSAGE = 32768;
  private static final int NAME = 317;
  private static final int ELEMENTS = 64;

  private final boolean tenant;

  /// @param tenant whether fields of administrators are left out
  FinishedSchema(boolean tenant) {
    this.tenant = tenant;
  }

  void finish(Class<?> kind, ObjectNode root) {
    Type[] types = ((ParameterizedType) kind.getGenericSuperclass()).getActualTypeArguments();
    ObjectNode properties = (ObjectNode) root.get("properties");
    walk(types[0], (ObjectNode) properties.get("spec"));
    walk(types[1], (ObjectNode) properties.get("status"));
  }

  private void walk(Type type, ObjectNode schema) {
    numbers(schema);
    if (type instanceof Class<?> one && one.isRecord()) {
      for (RecordComponent component : one.getRecordComponents()) {
        component(component, schema);
      }
    } else if (type instanceof ParameterizedType generic && schema.has("items")) {
      element(generic.getActualTypeArguments()[0], schema);
    } else if (type instanceof ParameterizedType generic && schema.has("additionalProperties")) {
      walk(generic.getActualTypeArguments()[1], schema.withObject("/additionalProperties"));
    } else if (type instanceof Class<?> one && one.getName().startsWith("io.fabric8")) {
      foreign(schema);
    }
  }

  /// Any object, or a list of any objects.
  private static void preserve(ObjectNode property) {
    property.remove(List.of("additionalProperties", "x-kubernetes-preserve-unknown-fields"));
    ObjectNode any = property.has("items") ? property.putObject("items") : property;
    any.put("type", "object").put("x-kubernetes-preserve-unknown-fields", true);
  }

  private static void requireKey(ObjectNode list, String key) {
    ObjectNode items = (ObjectNode) list.get("items");
    if (!items.has("required")) {
      items.putArray("required").add(key);
    }
  }

  private void component(RecordComponent component, ObjectNode schema) {
    String name = name(component);
    ObjectNode properties = (ObjectNode) schema.get("properties");
    ObjectNode property = (ObjectNode) properties.get(name);
    if (property == null) {
      throw new IllegalStateException("the generator left out " + component);
    }
    if (tenant && component.isAnnotationPresent(ClusterOnly.class)) {
      properties.remove(name);
      return;
    }
    ListKey key = component.getAnnotation(ListKey.class);
    if (key != null) {
      property.put("x-kubernetes-list-type", "map");
      property.putArray("x-kubernetes-list-map-keys").add(key.value());
      requireKey(property, key.value());
    } else if (property.has("items")) {
      boolean set = property.get("items").has("enum");
      property.put("x-kubernetes-list-type", set ? "set" : "atomic");
    }
    if (property.has("x-kubernetes-preserve-unknown-fields")) {
      preserve(property);
    } else if (component.isAnnotationPresent(NumberOrText.class)) {
      property.remove(List.of("type", "maxLength"));
      property.put("x-kubernetes-int-or-string", true);
    } else if (component.isAnnotationPresent(Opaque.class)) {
      property
          .putObject("items")
          .put("type", "object")
          .put("x-kubernetes-preserve-unknown-fields", true);
    } else {
      walk(component.getGenericType(), property);
    }
  }

  /// The name of a component in resources.
  static String name(RecordComponent component) {
    JsonProperty given = component.getAccessor().getAnnotation(JsonProperty.class);
    return given == null ? component.getName() : given.value();
  }

  private void element(Type type, ObjectNode list) {
    ObjectNode items = (ObjectNode) list.get("items");
    walk(type, items);
  }

  /// Whole numbers are told as such.
  private static void numbers(ObjectNode schema) {
    for (String limit : List.of("minimum", "maximum")) {
      JsonNode value = schema.get(limit);
      if (value != null) {
        schema.put(limit, value.asLong());
      }
    }
    if (schema.path("type").asText().equals("integer") && !schema.has("format")) {
      schema.put("format", "int64");
    }
  }

  /// A schema of the client's own classes: limits and descriptions are added to it.
  private void foreign(ObjectNode schema) {
    numbers(schema);
    ObjectNode properties = (ObjectNode) schema.get("properties");
    if (properties != null) {
      properties
          .properties()
          .forEach(one -> foreignField(one.getKey(), (ObjectNode) one.getValue()));
    }
  }

  private void foreignField(String name, ObjectNode schema) {
    String known = KNOWN.get(name);
    if (known != null) {
      schema.put("description", known);
    }
    switch (schema.path("type").asText()) {
      case "string" -> schema.put("maxLength", name.equals("message") ? MESSAGE : NAME);
      case "array" -> {
        schema.put("maxItems", ELEMENTS).put("x-kubernetes-list-type", "atomic");
        ObjectNode items = (ObjectNode) schema.get("items");
        if (items.path("type").asText().equals("string")) {
          items.put("maxLength", NAME);
        }
        foreign(items);
      }
      case "object" -> {
        schema.put("maxProperties", ELEMENTS);
        if (schema.has("additionalProperties")) {
          schema.withObject("/additionalProperties").put("maxLength", NAME);
        }
      }
      default -> numbers(schema);
    }
  }
}
