package dev.weir.operator.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.operator.api.LogAgentClass;
import dev.weir.operator.api.LogPipeline;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.ArrayList;
import java.util.List;

/// Adds to a generated CRD what the generator cannot say: categories, labels, selectable fields,
/// the order of columns, and the details of the schema.
final class FinishedCrd {
  private FinishedCrd() {}

  static ObjectNode of(Class<? extends CustomResource<?, ?>> kind, ObjectNode crd) {
    ObjectNode metadata = (ObjectNode) crd.get("metadata");
    metadata
        .putObject("labels")
        .put("app.kubernetes.io/name", "weir")
        .put("app.kubernetes.io/part-of", "weir")
        .put("app.kubernetes.io/component", "crd");
    ObjectNode spec = (ObjectNode) crd.get("spec");
    ((ObjectNode) spec.get("names")).putArray("categories").add("weir").add("observability");
    ObjectNode version = (ObjectNode) spec.at("/versions/0");
    sortColumns(kind, version);
    if (kind != LogAgentClass.class) {
      version.putArray("selectableFields").addObject().put("jsonPath", ".spec.classRef.name");
    }
    ObjectNode root = (ObjectNode) version.at("/schema/openAPIV3Schema");
    root.put("description", description(kind));
    root.putArray("required").add("spec");
    ObjectNode properties = (ObjectNode) root.get("properties");
    properties.withObject("/spec").put("description", "What is wanted.");
    properties.withObject("/status").put("description", "What was found; written by the operator.");
    new FinishedSchema(kind == LogPipeline.class).finish(kind, root);
    return crd;
  }

  /// What `kubectl explain` says first.
  static String description(Class<? extends CustomResource<?, ?>> kind) {
    if (kind == LogPipeline.class) {
      return "Collects logs of the pods of its own namespace and sends them to Loki.";
    }
    return kind == LogAgentClass.class
        ? "A set of agents, one on every node that it means, and the rules for who may use them."
        : "Collects logs of any namespace, or of the nodes themselves, and sends them to Loki.";
  }

  private static void sortColumns(Class<?> kind, ObjectNode version) {
    List<JsonNode> columns = new ArrayList<>();
    version.get("additionalPrinterColumns").forEach(columns::add);
    ArrayNode sorted = version.putArray("additionalPrinterColumns");
    for (var column : kind.getAnnotationsByType(AdditionalPrinterColumn.class)) {
      columns.stream()
          .filter(one -> one.get("name").asText().equals(column.name()))
          .forEach(sorted::add);
    }
  }
}
