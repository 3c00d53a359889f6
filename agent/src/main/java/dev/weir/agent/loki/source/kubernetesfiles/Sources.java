package dev.weir.agent.loki.source.kubernetesfiles;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.Shared;
import dev.weir.agent.kubernetes.KnownNamespace;
import dev.weir.agent.kubernetes.Namespaces;
import dev.weir.agent.kubernetes.NodePod;
import dev.weir.agent.kubernetes.NodePods;
import dev.weir.agent.kubernetes.ObjectWatch;
import org.jspecify.annotations.Nullable;

/// What a component shares with others: the node's log files, its pods, and namespaces.
///
/// Closed by the thread that made it; thread-safe else.
final class Sources implements AutoCloseable {
  private final Plan plan;
  private final ObjectWatch.Listener listener;
  private final Shared.Lease<PodLogDirectory> directory;
  private final Shared.Lease<NodePods> pods;
  private final Shared.@Nullable Lease<? extends Namespaces> namespaces;

  /// @param listener told of changes
  Sources(Plan plan, ComponentContext context, ObjectWatch.Listener listener) {
    this.plan = plan;
    this.listener = listener;
    this.directory = PodLogDirectory.of(plan.arguments().directory());
    this.pods = NodePods.of(plan.place(context));
    this.namespaces = plan.namespaces(context);
    directory().addListener(listener);
    pods().addListener(listener);
    if (namespaces != null) {
      namespaces.get().addListener(listener);
    }
  }

  /// Whether these are those of another plan, too.
  boolean are(Plan other) {
    return plan.looksWhere(other);
  }

  PodLogDirectory directory() {
    return directory.get();
  }

  NodePods pods() {
    return pods.get();
  }

  /// What is known of a log.
  Facts facts(PodLogFile file) {
    NodePod pod = pods().find(file.namespace(), file.pod(), file.uid());
    KnownNamespace namespace = namespaces == null ? null : namespaces.get().find(file.namespace());
    return new Facts(pod, namespace, pod != null && (namespaces == null || namespace != null));
  }

  /// What keeps any of it from being known, or null.
  @Nullable String problem() {
    String problem = directory().problem();
    if (problem == null) {
      problem = pods().problem();
    }
    return problem != null || namespaces == null ? problem : namespaces.get().problem();
  }

  @Override
  public void close() {
    directory().removeListener(listener);
    pods().removeListener(listener);
    directory.close();
    pods.close();
    if (namespaces != null) {
      namespaces.get().removeListener(listener);
      namespaces.close();
    }
  }
}
