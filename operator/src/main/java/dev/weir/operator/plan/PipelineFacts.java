package dev.weir.operator.plan;

import dev.weir.operator.api.ClusterLogPipeline;
import dev.weir.operator.api.LogPipeline;
import dev.weir.operator.api.PipelineSpec;
import dev.weir.operator.api.PipelineStatus;
import dev.weir.operator.children.Names;
import dev.weir.operator.render.RenderInput.Kind;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.Comparator;

/// A pipeline as it is in the cluster, of either kind.
///
/// @param created RFC 3339; orders pipelines by age
/// @param paused whether what runs of it is to stay as it is
public record PipelineFacts(
    PipelineKey key,
    String uid,
    long generation,
    String created,
    boolean paused,
    PipelineSpec spec) {
  /// Who was there first has the older right.
  static final Comparator<PipelineFacts> BY_AGE =
      Comparator.comparing(PipelineFacts::created).thenComparing(PipelineFacts::key);

  public static PipelineFacts of(LogPipeline pipeline) {
    return of(Kind.LOG_PIPELINE, pipeline.getMetadata().getNamespace(), pipeline);
  }

  public static PipelineFacts of(ClusterLogPipeline pipeline) {
    return of(Kind.CLUSTER_LOG_PIPELINE, "", pipeline);
  }

  private static PipelineFacts of(
      Kind kind, String namespace, CustomResource<PipelineSpec, PipelineStatus> pipeline) {
    ObjectMeta metadata = pipeline.getMetadata();
    Long generation = metadata.getGeneration();
    return new PipelineFacts(
        new PipelineKey(kind, namespace, metadata.getName()),
        metadata.getUid(),
        generation == null ? 0 : generation,
        metadata.getCreationTimestamp(),
        "true".equals(metadata.getAnnotations().get(Names.PAUSED)),
        pipeline.getSpec());
  }

  public String className() {
    return spec.classRef().name();
  }
}
