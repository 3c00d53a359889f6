package dev.weir.operator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.operator.api.ClusterLogPipeline;
import dev.weir.operator.api.LogAgentClass;
import dev.weir.operator.api.LogAgentClassSpec;
import dev.weir.operator.api.LogPipeline;
import dev.weir.operator.manifest.Manifests;
import dev.weir.operator.manifest.Schema;
import dev.weir.operator.render.RenderInput;
import dev.weir.operator.render.RenderInput.NamespaceFacts;
import dev.weir.operator.render.Rendered;
import dev.weir.operator.render.Renderer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the operator makes of files, without a cluster.
///
/// A class that the files do not have is taken to allow every namespace and nothing of the nodes.
final class Offline {
  private static final String AGENTS =
      """
      {"namespace": "weir-agents", "access": {"journal": true},
       "tenants": {"namespaceSelector": {}}}
      """;

  /// A pipeline and what became of it.
  record Result(String id, Rendered rendered) {}

  private final List<String> faults = new ArrayList<>();
  private final List<Result> results = new ArrayList<>();

  /// Reads files and renders their pipelines.
  ///
  /// @throws IOException when one cannot be read
  static Offline of(List<Path> files) throws IOException {
    var offline = new Offline();
    List<HasMetadata> resources = new ArrayList<>();
    Map<String, NamespaceFacts> namespaces = new LinkedHashMap<>();
    for (Path file : files) {
      Manifests manifests = Manifests.read(Files.readString(file));
      manifests.documents().forEach(document -> offline.check(file, document));
      resources.addAll(manifests.resources());
      namespaces.putAll(manifests.namespaces());
    }
    if (offline.faults.isEmpty()) {
      resources.forEach(one -> offline.render(one, resources, namespaces));
    }
    return offline;
  }

  private void check(Path file, JsonNode document) {
    Schema schema = Schema.of(document.path("kind").asText());
    if (schema != null) {
      String name = document.at("/metadata/name").asText();
      schema.check(document).forEach(fault -> faults.add(file + ": " + name + ": " + fault));
    }
  }

  private void render(
      HasMetadata resource, List<HasMetadata> all, Map<String, NamespaceFacts> namespaces) {
    if (resource instanceof LogPipeline pipeline) {
      String namespace = pipeline.getMetadata().getNamespace();
      pipeline.getMetadata().setNamespace(namespace == null ? "default" : namespace);
      var agents = agents(pipeline.getSpec().classRef().name(), all);
      add(pipeline, Renderer.render(RenderInput.of(pipeline, agents, namespaces)));
    } else if (resource instanceof ClusterLogPipeline pipeline) {
      var agents = agents(pipeline.getSpec().classRef().name(), all);
      add(pipeline, Renderer.render(RenderInput.of(pipeline, agents, namespaces)));
    }
  }

  private void add(HasMetadata of, Rendered rendered) {
    String namespace = of.getMetadata().getNamespace();
    String name = of.getMetadata().getName();
    results.add(new Result((namespace == null ? "" : namespace + "/") + name, rendered));
  }

  private static LogAgentClassSpec agents(String name, List<HasMetadata> all) {
    Optional<LogAgentClassSpec> given =
        all.stream()
            .filter(one -> one instanceof LogAgentClass && name.equals(one.getMetadata().getName()))
            .map(one -> ((LogAgentClass) one).getSpec())
            .findFirst();
    return given.orElseGet(Offline::usual);
  }

  private static LogAgentClassSpec usual() {
    try {
      var read = Manifests.read("kind: LogAgentClass\nmetadata: {name: default}\nspec: " + AGENTS);
      return read.of(LogAgentClass.class).getFirst().getSpec();
    } catch (IOException e) {
      throw new IllegalStateException("the class that is taken where there is none", e);
    }
  }

  /// What the schemas do not take.
  List<String> faults() {
    return faults;
  }

  /// The pipelines, in the order of the files.
  List<Result> results() {
    return results;
  }
}
