package dev.weir.operator.reconcile;

import dev.weir.operator.api.LogPipeline;
import dev.weir.operator.plan.PipelineFacts;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;

/// Looks after the statuses of LogPipelines.
@ControllerConfiguration(name = LogPipelineReconciler.NAME)
final class LogPipelineReconciler implements Reconciler<LogPipeline> {
  static final String NAME = "logpipeline";

  private final Shared shared;
  private final PipelineWork<LogPipeline> work;

  LogPipelineReconciler(Shared shared) {
    this.shared = shared;
    this.work = new PipelineWork<>(shared, LogPipeline::new);
  }

  @Override
  public List<EventSource<?, LogPipeline>> prepareEventSources(
      EventSourceContext<LogPipeline> context) {
    shared.pipelines().namespaced(context.getPrimaryCache());
    return List.of(shared.pipelines().namespacedEvents());
  }

  @Override
  public UpdateControl<LogPipeline> reconcile(LogPipeline object, Context<LogPipeline> context) {
    PipelineFacts pipeline = PipelineFacts.of(object);
    if (context.isPrimaryResourceDeleted()) {
      work.gone(pipeline);
      return UpdateControl.noUpdate();
    }
    return work.reconcile(object, pipeline);
  }
}
