package dev.weir.agent.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes targets of pods: one per container and port, as Prometheus does.
public final class PodTargets {
  private PodTargets() {}

  /// The targets of a pod; none before it has an address.
  ///
  /// @param more labels that every one of them gets
  public static List<Map<String, String>> of(Pod pod, MetaLabels more) {
    String ip = address(pod);
    List<Map<String, String>> targets = new ArrayList<>();
    if (ip == null) {
      return targets;
    }
    MetaLabels common = labels(pod).putAll(more);
    for (Container container : containers(pod)) {
      List<ContainerPort> ports = container.getPorts();
      if (ports.isEmpty()) {
        targets.add(container(common.copy(), pod, container).target(ip));
      }
      for (ContainerPort port : ports) {
        MetaLabels labels = container(common.copy(), pod, container);
        targets.add(port(labels, port).target(hostPort(ip, port.getContainerPort())));
      }
    }
    return targets;
  }

  /// The address of a pod, or null while it has none.
  public static @Nullable String address(Pod pod) {
    PodStatus status = pod.getStatus();
    String ip = status == null ? null : status.getPodIP();
    return ip == null || ip.isEmpty() ? null : ip;
  }

  /// Every container: those that initialise last.
  public static List<Container> containers(Pod pod) {
    List<Container> all = new ArrayList<>();
    if (pod.getSpec() != null) {
      all.addAll(pod.getSpec().getContainers());
      all.addAll(pod.getSpec().getInitContainers());
    }
    return all;
  }

  /// What all targets of a pod have in common.
  public static MetaLabels labels(Pod pod) {
    ObjectMeta metadata = pod.getMetadata();
    PodStatus status = Objects.requireNonNullElseGet(pod.getStatus(), PodStatus::new);
    var labels =
        new MetaLabels()
            .put("namespace", metadata.getNamespace())
            .put("pod_name", metadata.getName())
            .putAlways("pod_ip", status.getPodIP())
            .put("pod_ready", ready(status))
            .putAlways("pod_phase", status.getPhase())
            .putAlways("pod_node_name", pod.getSpec() == null ? null : pod.getSpec().getNodeName())
            .putAlways("pod_host_ip", status.getHostIP())
            .putAlways("pod_uid", metadata.getUid());
    for (OwnerReference owner : metadata.getOwnerReferences()) {
      if (Boolean.TRUE.equals(owner.getController())) {
        labels.put("pod_controller_kind", owner.getKind());
        labels.put("pod_controller_name", owner.getName());
      }
    }
    return labels.putMetadata("pod", metadata);
  }

  private static String ready(PodStatus status) {
    for (PodCondition condition : status.getConditions()) {
      if ("Ready".equals(condition.getType())) {
        return condition.getStatus().toLowerCase(Locale.ROOT);
      }
    }
    return "unknown";
  }

  /// Adds what tells of a container.
  public static MetaLabels container(MetaLabels labels, Pod pod, Container container) {
    boolean init = pod.getSpec().getInitContainers().contains(container);
    ContainerStatus status = status(pod, container.getName());
    return labels
        .put("pod_container_name", container.getName())
        .putAlways("pod_container_id", status == null ? null : status.getContainerID())
        .putAlways("pod_container_image", container.getImage())
        .put("pod_container_init", Boolean.toString(init));
  }

  /// Adds what tells of a port.
  public static MetaLabels port(MetaLabels labels, ContainerPort port) {
    return labels
        .putAlways("pod_container_port_name", port.getName())
        .put("pod_container_port_number", port.getContainerPort())
        .putAlways("pod_container_port_protocol", port.getProtocol());
  }

  /// How a container of that name does, or null when that is not known yet.
  public static @Nullable ContainerStatus status(Pod pod, String container) {
    PodStatus status = pod.getStatus();
    if (status == null) {
      return null;
    }
    for (List<ContainerStatus> some :
        List.of(
            status.getContainerStatuses(),
            status.getInitContainerStatuses(),
            status.getEphemeralContainerStatuses())) {
      for (ContainerStatus one : some) {
        if (container.equals(one.getName())) {
          return one;
        }
      }
    }
    return null;
  }

  /// Address and port, with brackets where the address is of version 6.
  public static String hostPort(String address, @Nullable Integer port) {
    return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
  }
}
