package dev.weir.operator.plan;

import dev.weir.operator.api.TenantPolicy;
import dev.weir.operator.render.RenderInput.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Counts pipelines in the order of their age: the oldest run.
final class Quotas {
  private final TenantPolicy policy;
  private final Map<String, Integer> byNamespace = new HashMap<>();
  private int all;

  Quotas(TenantPolicy policy) {
    this.policy = policy;
  }

  /// Takes a place for a pipeline.
  ///
  /// @return why there is none
  Optional<Outcome> take(PipelineKey key) {
    if (all >= policy.maxPipelines()) {
      return Optional.of(
          refused(
              "the class runs %d pipelines, which is its tenants.maxPipelines"
                  .formatted(policy.maxPipelines())));
    }
    if (key.kind() == Kind.LOG_PIPELINE) {
      int own = byNamespace.merge(key.namespace(), 1, Integer::sum);
      if (own > policy.maxPipelinesPerNamespace()) {
        return Optional.of(
            refused(
                "namespace %s has %d older pipelines, which is the class's tenants.maxPipelinesPerNamespace"
                    .formatted(key.namespace(), policy.maxPipelinesPerNamespace())));
      }
    }
    all++;
    return Optional.empty();
  }

  private static Outcome refused(String why) {
    return Outcome.bad(
        dev.weir.operator.api.Reason.QUOTA_EXCEEDED,
        why + ". Delete or suspend one, or ask for a higher limit.");
  }
}
