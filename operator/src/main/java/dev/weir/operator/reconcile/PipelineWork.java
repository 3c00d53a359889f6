package dev.weir.operator.reconcile;

import dev.weir.operator.api.PipelineSpec;
import dev.weir.operator.api.PipelineStatus;
import dev.weir.operator.plan.PipelineFacts;
import dev.weir.operator.plan.Verdict;
import dev.weir.operator.status.PipelineStatuses;
import dev.weir.operator.status.StatusBudget.Decision;
import dev.weir.operator.status.Transitions;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What both kinds of pipelines need: a plan by their class, and a status that tells of it.
///
/// @param <P> the kind
final class PipelineWork<P extends CustomResource<PipelineSpec, PipelineStatus>> {
  private final Shared shared;
  private final EventRecorder events;
  private final Supplier<P> fresh;

  PipelineWork(Shared shared, Supplier<P> fresh) {
    this.shared = shared;
    this.events = new EventRecorder(shared.client(), shared.clock());
    this.fresh = fresh;
  }

  void gone(PipelineFacts pipeline) {
    shared.budget().forget(pipeline.uid());
    shared.board().untold(pipeline.uid());
    shared.board().classOf(pipeline.key()).ifPresent(shared.classes()::changed);
    shared.board().forgetPipeline(pipeline.key());
    shared.classes().changed(pipeline.className());
  }

  UpdateControl<P> reconcile(P object, PipelineFacts pipeline) {
    leaveOldClass(pipeline);
    String className = pipeline.className();
    if (!shared.gate().open()) {
      return UpdateControl.<P>noUpdate().rescheduleAfter(Duration.ofMillis(200));
    }
    if (!shared.classes().exists(className)) {
      PipelineStatus before = shared.budget().latest(pipeline.uid(), object.getStatus());
      return write(
          object,
          pipeline,
          PipelineStatuses.withoutClass(pipeline, before, shared.clock().instant()));
    }
    Optional<Verdict> verdict =
        shared.board().verdict(className, pipeline.key()).filter(made -> covers(made, pipeline));
    if (verdict.isEmpty()) {
      shared.classes().changed(className);
      return UpdateControl.noUpdate();
    }
    return write(object, pipeline, status(object, verdict.get()));
  }

  /// A pipeline that went to another class is taken off the agents of the one before.
  private void leaveOldClass(PipelineFacts pipeline) {
    shared
        .board()
        .classOf(pipeline.key())
        .filter(old -> !old.equals(pipeline.className()))
        .filter(old -> shared.board().verdict(old, pipeline.key()).isPresent())
        .ifPresent(shared.classes()::changed);
  }

  private static boolean covers(Verdict verdict, PipelineFacts pipeline) {
    PipelineFacts decided = verdict.pipeline();
    return decided.uid().equals(pipeline.uid())
        && decided.generation() == pipeline.generation()
        && decided.paused() == pipeline.paused();
  }

  private PipelineStatus status(P object, Verdict verdict) {
    String uid = verdict.pipeline().uid();
    return PipelineStatuses.of(
        verdict,
        shared.board().health(uid),
        verdict.singleton()
            ? 1
            : shared
                .board()
                .agents(verdict.pipeline().className())
                .map(all -> all.desired())
                .orElse(0),
        shared.budget().latest(uid, object.getStatus()),
        shared.clock().instant());
  }

  private UpdateControl<P> write(P object, PipelineFacts pipeline, PipelineStatus status) {
    shared
        .board()
        .told(pipeline.uid(), new Board.Told(pipeline.key(), pipeline.className(), status));
    Decision decision = shared.budget().decide(pipeline.uid(), object.getStatus(), status);
    if (!decision.write()) {
      return decision.delay().isPositive()
          ? UpdateControl.<P>noUpdate().rescheduleAfter(decision.delay())
          : UpdateControl.noUpdate();
    }
    @Nullable PipelineStatus before = shared.budget().latest(pipeline.uid(), object.getStatus());
    P patch = fresh.get();
    patch.setMetadata(
        new ObjectMetaBuilder()
            .withName(object.getMetadata().getName())
            .withNamespace(object.getMetadata().getNamespace())
            .build());
    patch.setStatus(status);
    StatusPatch.apply(shared.client(), patch);
    shared.writes().count(patch, "Status");
    shared.budget().written(pipeline.uid(), status);
    Transitions.between(before, status).forEach(one -> events.record(object, one));
    return UpdateControl.noUpdate();
  }
}
