package dev.weir.operator.reconcile;

import dev.weir.operator.api.ClassAgents;
import dev.weir.operator.api.LogAgentClass;
import dev.weir.operator.api.LogAgentClassStatus;
import dev.weir.operator.children.Children;
import dev.weir.operator.plan.Plan;
import dev.weir.operator.status.ClassStatuses;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatus;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Writes the statuses of classes, only those that changed. Thread-safe.
final class ClassStatusWriter {
  private final Shared shared;
  private final Map<String, LogAgentClassStatus> written = new ConcurrentHashMap<>();

  ClassStatusWriter(Shared shared) {
    this.shared = shared;
  }

  void refused(LogAgentClass agents, ClassRefusal refusal) {
    write(
        agents,
        ClassStatuses.refused(
            before(agents),
            generation(agents),
            refusal.reason(),
            refusal.message(),
            shared.clock().instant()));
  }

  void paused(LogAgentClass agents, ChildSources sources) {
    LogAgentClassStatus before = before(agents);
    write(
        agents,
        ClassStatuses.paused(
            before, generation(agents), counts(agents, sources), shared.clock().instant()));
  }

  void planned(LogAgentClass agents, Plan plan, ChildSources sources) {
    ClassAgents counts = counts(agents, sources);
    shared.board().agents(agents.getMetadata().getName(), counts).forEach(shared.pipelines()::look);
    String image = Children.image(agents.getSpec(), shared.settings().agentImage());
    write(
        agents,
        ClassStatuses.planned(
            before(agents),
            generation(agents),
            plan,
            counts,
            image.substring(Math.max(image.lastIndexOf(':'), image.lastIndexOf('/')) + 1),
            shared.clock().instant()));
  }

  private static long generation(LogAgentClass agents) {
    Long generation = agents.getMetadata().getGeneration();
    return generation == null ? 0 : generation;
  }

  private static ClassAgents counts(LogAgentClass agents, ChildSources sources) {
    DaemonSetStatus status =
        sources.daemonSet(agents.getMetadata().getName()).map(set -> set.getStatus()).orElse(null);
    return status == null
        ? new ClassAgents(0, 0, 0)
        : new ClassAgents(
            number(status.getDesiredNumberScheduled()),
            number(status.getNumberReady()),
            number(status.getUpdatedNumberScheduled()));
  }

  private static int number(@Nullable Integer count) {
    return count == null ? 0 : count;
  }

  private @Nullable LogAgentClassStatus before(LogAgentClass agents) {
    return written.getOrDefault(agents.getMetadata().getUid(), agents.getStatus());
  }

  private void write(LogAgentClass agents, LogAgentClassStatus status) {
    LogAgentClassStatus before = before(agents);
    if (before != null && ClassStatuses.same(before, status)) {
      return;
    }
    var object = new LogAgentClass();
    object.setMetadata(new ObjectMetaBuilder().withName(agents.getMetadata().getName()).build());
    object.setStatus(status);
    StatusPatch.apply(shared.client(), object);
    shared.writes().count(object, "Status");
    written.put(agents.getMetadata().getUid(), status);
  }
}
