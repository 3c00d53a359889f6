package dev.weir.agent.loki.source.podlogs;

import dev.weir.agent.component.Policy;
import dev.weir.agent.kubernetes.KnownNamespace;
import dev.weir.agent.kubernetes.LabelSelector;
import dev.weir.agent.kubernetes.NodePod;
import dev.weir.agent.kubernetes.NodePod.NodeContainer;
import dev.weir.agent.loki.podlog.LogTarget;
import dev.weir.agent.loki.source.podlogs.DebugInfo.PodLogsInfo;
import dev.weir.agent.loki.source.podlogs.LokiSourcePodlogs.Arguments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Works out which containers are read, and with which labels, of what is known of a cluster.
final class Targets {
  private static final String UID = "__meta_kubernetes_pod_uid";

  /// Alloy does not have it, and rules that copy all labels would show it.
  private static final String CONTAINER_ID = "__meta_kubernetes_pod_container_id";

  private final Arguments arguments;
  private final Policy policy;
  private final Discovery discovery;
  private final List<LogTarget> targets = new ArrayList<>();
  private final List<PodLogsInfo> infos = new ArrayList<>();

  private Targets(Arguments arguments, Policy policy, Discovery discovery) {
    this.arguments = arguments;
    this.policy = policy;
    this.discovery = discovery;
  }

  /// Those that there are now.
  static Targets of(Arguments arguments, Policy policy, Discovery discovery) {
    var made = new Targets(arguments, policy, discovery);
    LabelSelector selector = LokiSourcePodlogs.Selector.of(arguments.selector());
    LabelSelector namespaces = LokiSourcePodlogs.Selector.of(arguments.namespaceSelector());
    for (PodLogsObject object : discovery.podLogs()) {
      if (selector.matches(object.labels()) && made.isIn(namespaces, object.namespace())) {
        made.add(object);
      }
    }
    return made;
  }

  List<LogTarget> targets() {
    return List.copyOf(targets);
  }

  /// What came of each `PodLogs`.
  List<PodLogsInfo> infos() {
    return List.copyOf(infos);
  }

  private boolean isIn(LabelSelector selector, String namespace) {
    KnownNamespace known = discovery.namespaces().find(namespace);
    return known != null && selector.matches(known.labels());
  }

  private void add(PodLogsObject object) {
    int before = targets.size();
    String error = object.error();
    if (error == null) {
      for (NodePod pod : discovery.pods().all()) {
        if (policy.allowsNamespace(pod.namespace())
            && object.pods().matches(pod.labels())
            && isIn(object.namespaces(), pod.namespace())) {
          pod.containers().forEach((name, container) -> add(object, pod, name, container));
        }
      }
    }
    infos.add(
        new PodLogsInfo(
            object.namespace(),
            object.name(),
            targets.size() - before,
            Objects.requireNonNullElse(error, "")));
  }

  private void add(PodLogsObject object, NodePod pod, String name, NodeContainer container) {
    var labels = new LinkedHashMap<>(container.meta());
    labels.remove(CONTAINER_ID);
    labels.putAll(object.meta());
    KnownNamespace namespace = discovery.namespaces().find(pod.namespace());
    if (namespace != null) {
      labels.putAll(namespace.meta());
    }
    labels.put("__pod_namespace__", pod.namespace());
    labels.put("__pod_name__", pod.name());
    labels.put("__pod_uid__", labels.getOrDefault(UID, ""));
    labels.put("__pod_container_name__", name);
    labels.put("instance", pod.namespace() + "/" + pod.name() + ":" + name);
    labels.put("job", object.key());
    Optional<Map<String, String>> kept = object.rules().apply(labels);
    if (kept.isPresent() && !kept.get().isEmpty()) {
      LogTarget target = target(kept.get(), object.key() + ":" + name);
      if (target != null) {
        targets.add(target);
      }
    }
  }

  /// Null when rules have removed what tells of the container.
  private @Nullable LogTarget target(Map<String, String> labels, String job) {
    try {
      return LogTarget.of(labels, job, arguments.preserveDiscoveredLabels());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
