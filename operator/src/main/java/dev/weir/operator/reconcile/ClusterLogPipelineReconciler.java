package dev.weir.operator.reconcile;

import dev.weir.operator.api.ClusterLogPipeline;
import dev.weir.operator.plan.PipelineFacts;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;

/// Looks after the statuses of ClusterLogPipelines.
@ControllerConfiguration(name = ClusterLogPipelineReconciler.NAME)
final class ClusterLogPipelineReconciler implements Reconciler<ClusterLogPipeline> {
  static final String NAME = "clusterlogpipeline";

  private final Shared shared;
  private final PipelineWork<ClusterLogPipeline> work;

  ClusterLogPipelineReconciler(Shared shared) {
    this.shared = shared;
    this.work = new PipelineWork<>(shared, ClusterLogPipeline::new);
  }

  @Override
  public List<EventSource<?, ClusterLogPipeline>> prepareEventSources(
      EventSourceContext<ClusterLogPipeline> context) {
    shared.pipelines().cluster(context.getPrimaryCache());
    return List.of(shared.pipelines().clusterEvents());
  }

  @Override
  public UpdateControl<ClusterLogPipeline> reconcile(
      ClusterLogPipeline object, Context<ClusterLogPipeline> context) {
    PipelineFacts pipeline = PipelineFacts.of(object);
    if (context.isPrimaryResourceDeleted()) {
      work.gone(pipeline);
      return UpdateControl.noUpdate();
    }
    return work.reconcile(object, pipeline);
  }
}
