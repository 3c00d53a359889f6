package dev.weir.operator.plan;

import dev.weir.operator.render.RenderInput.Kind;
import java.util.Comparator;

/// Names one pipeline.
///
/// @param namespace empty for the cluster kind
public record PipelineKey(Kind kind, String namespace, String name)
    implements Comparable<PipelineKey> {
  private static final Comparator<PipelineKey> ORDER =
      Comparator.comparing(PipelineKey::namespace)
          .thenComparing(PipelineKey::name)
          .thenComparing(PipelineKey::kind);

  @Override
  public int compareTo(PipelineKey other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }
}
