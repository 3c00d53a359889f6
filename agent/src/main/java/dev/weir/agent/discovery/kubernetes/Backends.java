package dev.weir.agent.discovery.kubernetes;

import dev.weir.agent.kubernetes.MetaLabels;
import dev.weir.agent.kubernetes.PodTargets;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What stands before and behind endpoints: their service, and the pods they lead to.
record Backends(Watched<Service> services, Watched<Pod> pods, Attached attached) {
  static Backends of(Watches watches, Attached attached) {
    return new Backends(
        watches.namespaced(Service.class, Role.SERVICE),
        watches.namespaced(Pod.class, Role.POD),
        attached);
  }

  /// What all targets of one object get from its service and namespace.
  ///
  /// @param service null when it belongs to none
  MetaLabels common(@Nullable String namespace, @Nullable String service) {
    var labels = new MetaLabels().put("namespace", namespace);
    Service found = service == null ? null : services.get(namespace, service);
    if (found != null) {
      labels.putAll(ServiceTargets.labels(found));
    }
    return labels.putAll(attached.namespace(namespace));
  }

  /// The targets of one object, in the making.
  ///
  /// Not thread-safe.
  final class Making {
    private final MetaLabels common;
    private final List<Map<String, String>> targets = new ArrayList<>();
    private final Map<String, Pod> seen = new LinkedHashMap<>();
    private final Map<String, Set<Integer>> ports = new LinkedHashMap<>();

    Making(MetaLabels common) {
      this.common = common;
    }

    /// Adds a target.
    ///
    /// @param own labels of the endpoint
    /// @param port null when it has none
    void add(String address, @Nullable Integer port, MetaLabels own, Endpoint endpoint) {
      ObjectReference reference = endpoint.reference();
      boolean toNode = reference != null && "Node".equals(reference.getKind());
      MetaLabels labels =
          common
              .copy()
              .putAll(own)
              .putAll(
                  attached.node(
                      toNode && reference != null ? reference.getName() : endpoint.node()));
      Pod pod = pod(reference);
      if (pod != null && reference != null) {
        String key = reference.getNamespace() + "/" + reference.getName();
        seen.put(key, pod);
        labels.putAll(PodTargets.labels(pod));
        if (port != null) {
          ports.computeIfAbsent(key, _ -> new LinkedHashSet<>()).add(port);
          addContainer(labels, pod, port);
        }
      }
      targets.add(labels.target(port == null ? address : PodTargets.hostPort(address, port)));
    }

    private @Nullable Pod pod(@Nullable ObjectReference reference) {
      return reference == null || !"Pod".equals(reference.getKind())
          ? null
          : pods.get(reference.getNamespace(), reference.getName());
    }

    private static void addContainer(MetaLabels labels, Pod pod, int port) {
      for (Container container : PodTargets.containers(pod)) {
        for (ContainerPort one : container.getPorts()) {
          if (one.getContainerPort() == port) {
            PodTargets.port(PodTargets.container(labels, pod, container), one);
          }
        }
      }
    }

    /// The targets added, and those of the same pods' other ports.
    List<Map<String, String>> targets() {
      seen.forEach((key, pod) -> addOtherPorts(pod, ports.getOrDefault(key, Set.of())));
      return targets;
    }

    private void addOtherPorts(Pod pod, Set<Integer> known) {
      String ip = PodTargets.address(pod);
      if (ip == null) {
        return;
      }
      for (Container container : PodTargets.containers(pod)) {
        for (ContainerPort port : container.getPorts()) {
          if (!known.contains(port.getContainerPort())) {
            MetaLabels labels = common.copy().putAll(PodTargets.labels(pod));
            PodTargets.port(PodTargets.container(labels, pod, container), port);
            targets.add(labels.target(PodTargets.hostPort(ip, port.getContainerPort())));
          }
        }
      }
    }
  }

  /// Where an endpoint leads.
  record Endpoint(@Nullable ObjectReference reference, @Nullable String node) {}
}
