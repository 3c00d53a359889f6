package dev.weir.agent.loki.source.podlogs;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.Shared;
import dev.weir.agent.kubernetes.ClientArguments;
import dev.weir.agent.kubernetes.ClusterNamespaces;
import dev.weir.agent.kubernetes.NodePods;
import dev.weir.agent.kubernetes.ObjectWatch;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// The objects that decide what is read: `PodLogs`, pods, and the namespaces of both.
///
/// Thread-safe.
final class Discovery implements AutoCloseable {
  private final Map<String, PodLogsObject> podLogs = new ConcurrentSkipListMap<>();
  private final ObjectWatch<GenericKubernetesResource> watch;
  private final Shared.Lease<NodePods> pods;
  private final Shared.Lease<ClusterNamespaces> namespaces;
  private final ObjectWatch.Listener listener;

  /// @param node whose pods are looked at; empty for all
  /// @param listener run after each change, on any thread; it must not block
  Discovery(ClientArguments client, String node, ComponentContext context, Runnable listener) {
    String userAgent = "Weir/" + context.agent().version();
    this.listener = _ -> listener.run();
    this.watch =
        new ObjectWatch<>(
            client,
            userAgent,
            "podlogs",
            connected ->
                connected
                    .genericKubernetesResources(PodLogsObject.KIND)
                    .inAnyNamespace()
                    .runnableInformer(0),
            new Changes(),
            context.log());
    this.pods = NodePods.of(new NodePods.Place(client, node, userAgent));
    this.namespaces = ClusterNamespaces.of(new ClusterNamespaces.Place(client, userAgent));
    watch.addListener(this.listener);
    pods().addListener(this.listener);
    namespaces().addListener(this.listener);
  }

  NodePods pods() {
    return pods.get();
  }

  ClusterNamespaces namespaces() {
    return namespaces.get();
  }

  /// Every `PodLogs`, in order of their names.
  Collection<PodLogsObject> podLogs() {
    return List.copyOf(new TreeMap<>(podLogs).values());
  }

  /// Whether all objects have been told of once.
  boolean hasSynced() {
    return watch.hasSynced() && pods().hasSynced() && namespaces().hasSynced();
  }

  /// Why some of them cannot be watched now, or null.
  @Nullable String problem() {
    String problem = watch.problem();
    if (problem != null) {
      return "PodLogs: " + problem;
    }
    problem = pods().problem();
    return problem != null ? problem : namespaces().problem();
  }

  @Override
  public void close() {
    watch.close();
    pods().removeListener(listener);
    namespaces().removeListener(listener);
    pods.close();
    namespaces.close();
  }

  private final class Changes implements ObjectWatch.Objects<GenericKubernetesResource> {
    @Override
    public boolean found(GenericKubernetesResource object) {
      PodLogsObject known = PodLogsObject.of(object);
      return !known.equals(podLogs.put(known.key(), known));
    }

    @Override
    public boolean gone(GenericKubernetesResource object) {
      return podLogs.remove(PodLogsObject.of(object).key()) != null;
    }
  }
}
