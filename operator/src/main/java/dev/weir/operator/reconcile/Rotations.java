package dev.weir.operator.reconcile;

import dev.weir.operator.api.ClusterLogPipeline;
import dev.weir.operator.api.LogPipeline;
import dev.weir.operator.plan.PipelineFacts;
import dev.weir.operator.plan.Plan;
import dev.weir.operator.plan.Verdict;
import dev.weir.operator.render.RenderInput.Kind;
import dev.weir.operator.render.SecretRef;
import dev.weir.operator.status.Transitions.Transition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/// Tells pipelines whose values were replaced: that is news, though nothing else of them changes.
///
/// Of one class, and used by one thread at a time. Forgets with the process, so that what was
/// replaced meanwhile is not told.
final class Rotations {
  private Map<String, String> known = Map.of();

  /// Compares the values of a plan with those of the one before.
  ///
  /// @param news told of each pipeline that reads a value which is another now
  void look(Plan plan, BiConsumer<HasMetadata, Transition> news) {
    Set<String> rotated = rotated(plan.secrets());
    known = plan.secrets();
    if (rotated.isEmpty()) {
      return;
    }
    for (Verdict verdict : plan.verdicts().values()) {
      Set<String> objects =
          verdict.secretRefs().stream()
              .filter(ref -> rotated.contains(ref.file()))
              .map(Rotations::object)
              .collect(Collectors.toCollection(TreeSet::new));
      if (!objects.isEmpty() && verdict.file() != null) {
        news.accept(about(verdict.pipeline()), transition(objects));
      }
    }
  }

  private Set<String> rotated(Map<String, String> values) {
    return values.entrySet().stream()
        .filter(
            value -> !value.getValue().equals(known.getOrDefault(value.getKey(), value.getValue())))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static String object(SecretRef ref) {
    String kind = ref.kind() == SecretRef.Kind.SECRET ? "Secret" : "ConfigMap";
    return kind + " " + ref.namespace() + "/" + ref.name();
  }

  private static Transition transition(Set<String> objects) {
    return new Transition(
        "SecretRotated",
        false,
        String.join(", ", objects) + " changed; agents take the new value without a restart.");
  }

  private static HasMetadata about(PipelineFacts pipeline) {
    String namespace = pipeline.key().namespace();
    ObjectMeta metadata =
        new ObjectMetaBuilder()
            .withName(pipeline.key().name())
            .withNamespace(namespace.isEmpty() ? null : namespace)
            .withUid(pipeline.uid())
            .build();
    HasMetadata object =
        pipeline.key().kind() == Kind.LOG_PIPELINE ? new LogPipeline() : new ClusterLogPipeline();
    object.setMetadata(metadata);
    return object;
  }
}
