package dev.weir.agent.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Map;

/// What is known of a namespace. Immutable.
///
/// @param meta its labels and annotations as `__meta_kubernetes_namespace_*`
public record KnownNamespace(Map<String, String> labels, Map<String, String> meta) {
  public KnownNamespace {
    labels = Map.copyOf(labels);
    meta = Map.copyOf(meta);
  }

  static KnownNamespace of(Map<String, String> labels, Map<String, String> annotations) {
    var metadata = new ObjectMetaBuilder().withLabels(labels).withAnnotations(annotations).build();
    return new KnownNamespace(labels, new MetaLabels().putMetadata("namespace", metadata).map());
  }
}
