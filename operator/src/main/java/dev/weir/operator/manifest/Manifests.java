package dev.weir.operator.manifest;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.weir.operator.api.ClusterLogPipeline;
import dev.weir.operator.api.LogAgentClass;
import dev.weir.operator.api.LogPipeline;
import dev.weir.operator.render.RenderInput.NamespaceFacts;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The resources of some YAML, in its order.
///
/// @param documents as they were read
/// @param resources those of Weir, and namespaces; other kinds are left out
public record Manifests(List<JsonNode> documents, List<HasMetadata> resources) {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.of(
          "LogPipeline", LogPipeline.class,
          "ClusterLogPipeline", ClusterLogPipeline.class,
          "LogAgentClass", LogAgentClass.class,
          "Namespace", Namespace.class);

  public Manifests {
    documents = List.copyOf(documents);
    resources = List.copyOf(resources);
  }

  /// Reads all documents of a text.
  ///
  /// @throws IOException when it is no YAML, or a resource has a value of the wrong type
  public static Manifests read(String yaml) throws IOException {
    List<JsonNode> documents = new ArrayList<>();
    List<HasMetadata> resources = new ArrayList<>();
    try (MappingIterator<JsonNode> all = YAML.readerFor(JsonNode.class).readValues(yaml)) {
      while (all.hasNextValue()) {
        JsonNode document = all.nextValue();
        Class<? extends HasMetadata> kind = KINDS.get(document.path("kind").asText());
        documents.add(document);
        if (kind != null) {
          resources.add(YAML.treeToValue(document, kind));
        }
      }
    }
    return new Manifests(documents, resources);
  }

  /// Those of one kind.
  public <T extends HasMetadata> List<T> of(Class<T> kind) {
    return resources.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /// Labels and annotations of its namespaces, by name.
  public Map<String, NamespaceFacts> namespaces() {
    Map<String, NamespaceFacts> facts = new LinkedHashMap<>();
    for (Namespace one : of(Namespace.class)) {
      var metadata = one.getMetadata();
      Map<String, String> labels = metadata.getLabels();
      Map<String, String> annotations = metadata.getAnnotations();
      facts.put(
          metadata.getName(),
          new NamespaceFacts(
              labels == null ? Map.of() : labels, annotations == null ? Map.of() : annotations));
    }
    return facts;
  }
}
