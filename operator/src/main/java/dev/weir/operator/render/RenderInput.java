package dev.weir.operator.render;

import dev.weir.operator.api.ClusterLogPipeline;
import dev.weir.operator.api.LogAgentClassSpec;
import dev.weir.operator.api.LogPipeline;
import dev.weir.operator.api.PipelineSpec;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A pipeline with everything that decides about its River.
///
/// @param kind `LogPipeline` or `ClusterLogPipeline`
/// @param namespace empty for the cluster kind
/// @param uid of the resource; the agents' positions belong to it
/// @param agents the class whose agents run it
/// @param namespaces what is known of namespaces, by name; those that are not in it have no labels
public record RenderInput(
    Kind kind,
    String namespace,
    String name,
    String uid,
    PipelineSpec spec,
    LogAgentClassSpec agents,
    Map<String, NamespaceFacts> namespaces) {
  /// Which of the two kinds of pipelines.
  public enum Kind {
    LOG_PIPELINE("LogPipeline"),
    CLUSTER_LOG_PIPELINE("ClusterLogPipeline");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /// The kind as resources have it.
    public String text() {
      return text;
    }
  }

  /// Labels and annotations of a namespace.
  public record NamespaceFacts(Map<String, String> labels, Map<String, String> annotations) {
    public static final NamespaceFacts NONE = new NamespaceFacts(Map.of(), Map.of());

    public NamespaceFacts {
      labels = Map.copyOf(labels);
      annotations = Map.copyOf(annotations);
    }
  }

  public RenderInput {
    namespaces = Map.copyOf(namespaces);
  }

  public static RenderInput of(
      LogPipeline pipeline, LogAgentClassSpec agents, Map<String, NamespaceFacts> namespaces) {
    var metadata = pipeline.getMetadata();
    return new RenderInput(
        Kind.LOG_PIPELINE,
        metadata.getNamespace(),
        metadata.getName(),
        text(metadata.getUid()),
        pipeline.getSpec(),
        agents,
        namespaces);
  }

  public static RenderInput of(
      ClusterLogPipeline pipeline,
      LogAgentClassSpec agents,
      Map<String, NamespaceFacts> namespaces) {
    var metadata = pipeline.getMetadata();
    return new RenderInput(
        Kind.CLUSTER_LOG_PIPELINE,
        "",
        metadata.getName(),
        text(metadata.getUid()),
        pipeline.getSpec(),
        agents,
        namespaces);
  }

  /// Whether the pipeline is one of an administrator.
  public boolean cluster() {
    return kind == Kind.CLUSTER_LOG_PIPELINE;
  }

  private static String text(@Nullable String value) {
    return value == null || value.isEmpty() ? "none" : value;
  }
}
