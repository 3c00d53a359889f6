package dev.weir.operator.crd;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/// A page about a kind, made of its schema.
final class ReferencePage {
  private final StringBuilder out = new StringBuilder();

  private ReferencePage() {}

  static String of(JsonNode crd) {
    var page = new ReferencePage();
    JsonNode names = crd.at("/spec/names");
    JsonNode root = crd.at("/spec/versions/0/schema/openAPIV3Schema");
    page.out
        .append("# ")
        .append(names.get("kind").asText())
        .append("\n\n")
        .append(root.get("description").asText())
        .append("\n\n`apiVersion: weir.dev/v1alpha1`, ")
        .append(crd.at("/spec/scope").asText().equals("Namespaced") ? "namespaced" : "cluster-wide")
        .append("; `kubectl get ")
        .append(names.at("/shortNames/0").asText())
        .append("`. Made of the schema; `kubectl explain ")
        .append(names.get("singular").asText())
        .append(".spec` says the same.\n");
    page.section("spec", root.at("/properties/spec"));
    page.section("status", root.at("/properties/status"));
    page.rules(root);
    return page.out.toString();
  }

  private void section(String name, JsonNode schema) {
    out.append("\n## ").append(name).append("\n\n");
    out.append("| field | type | default | what it is |\n|---|---|---|---|\n");
    fields("", schema);
  }

  private void fields(String prefix, JsonNode schema) {
    Set<String> required = new HashSet<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    schema
        .path("properties")
        .properties()
        .forEach(one -> {
          String path = prefix + one.getKey();
          JsonNode field = one.getValue();
          row(path, field, required.contains(one.getKey()));
          JsonNode inside = field.has("items") ? field.get("items") : field;
          fields(path + (field.has("items") ? "[]." : "."), inside);
        });
  }

  private void row(String path, JsonNode field, boolean required) {
    String given = field.has("default") ? "`" + field.get("default").toString() + "`" : "";
    out.append("| `")
        .append(path)
        .append("` | ")
        .append(type(field))
        .append(" | ")
        .append(required ? "required" : given.replace("|", "\\|"))
        .append(" | ")
        .append(field.path("description").asText().replace("|", "\\|"))
        .append(" |\n");
  }

  private static String type(JsonNode field) {
    if (field.has("enum")) {
      var choices = new StringBuilder();
      field
          .get("enum")
          .forEach(one ->
              choices
                  .append(choices.isEmpty() ? "" : ", ")
                  .append('`')
                  .append(one.asText())
                  .append('`'));
      return choices.toString();
    }
    if (field.has("items")) {
      return "list of " + type(field.get("items")) + ", at most " + field.get("maxItems");
    }
    if (field.has("additionalProperties")) {
      return "map of " + type(field.get("additionalProperties"));
    }
    return switch (field.path("type").asText()) {
      case "string" -> "text";
      case "integer" -> "number";
      case "boolean" -> "bool";
      case "object" -> "object";
      default -> "text or number";
    };
  }

  private void rules(JsonNode root) {
    Set<String> told = new HashSet<>();
    out.append("\n## What an API server refuses\n\n");
    rules("", root, told);
  }

  private void rules(String path, JsonNode schema, Set<String> told) {
    for (JsonNode rule : schema.path("x-kubernetes-validations")) {
      String line =
          "- " + (path.isEmpty() ? "" : "`" + path + "`: ") + rule.get("message").asText();
      if (told.add(line)) {
        out.append(line).append('\n');
      }
    }
    schema
        .path("properties")
        .properties()
        .forEach(one ->
            rules(path.isEmpty() ? one.getKey() : path + "." + one.getKey(), one.getValue(), told));
    if (schema.has("items")) {
      rules(path + "[]", schema.get("items"), told);
    }
  }
}
