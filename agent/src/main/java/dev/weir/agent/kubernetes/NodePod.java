package dev.weir.agent.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is known of a pod of this node. Immutable; equal where nothing differs that is to be seen.
///
/// @param uid as in the name of the directory of its logs
/// @param meta what all its containers have in common, `__meta_kubernetes_*`
/// @param containers by name; ephemeral ones are not among them
public record NodePod(
    String namespace,
    String name,
    String uid,
    Map<String, String> labels,
    Map<String, String> annotations,
    Map<String, String> meta,
    Map<String, NodeContainer> containers) {
  /// Pods that the kubelet has from a file have this as uid there, and another one in the API.
  private static final String FILE_UID = "kubernetes.io/config.hash";

  /// One of its containers.
  ///
  /// @param endedRuns how often it has started and ended
  /// @param meta that of the pod and its own
  public record NodeContainer(boolean init, int endedRuns, Map<String, String> meta) {
    public NodeContainer {
      meta = Map.copyOf(meta);
    }
  }

  public NodePod {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
    meta = Map.copyOf(meta);
    containers = Map.copyOf(containers);
  }

  static NodePod of(Pod pod) {
    ObjectMeta metadata = pod.getMetadata();
    Map<String, String> annotations = orEmpty(metadata.getAnnotations());
    MetaLabels common = PodTargets.labels(pod);
    var containers = new LinkedHashMap<String, NodeContainer>();
    for (Container container : PodTargets.containers(pod)) {
      boolean init = pod.getSpec().getInitContainers().contains(container);
      Map<String, String> meta = PodTargets.container(common.copy(), pod, container).map();
      containers.put(container.getName(), new NodeContainer(init, endedRuns(pod, container), meta));
    }
    return new NodePod(
        metadata.getNamespace(),
        metadata.getName(),
        annotations.getOrDefault(FILE_UID, metadata.getUid()),
        orEmpty(metadata.getLabels()),
        annotations,
        common.map(),
        containers);
  }

  private static int endedRuns(Pod pod, Container container) {
    ContainerStatus status = PodTargets.status(pod, container.getName());
    if (status == null) {
      return 0;
    }
    boolean ended = hasTerminated(status.getState()) || isBetweenRuns(status);
    int restarts = Objects.requireNonNullElse(status.getRestartCount(), 0);
    return ended ? restarts + 1 : restarts;
  }

  private static boolean hasTerminated(@Nullable ContainerState state) {
    return state != null && state.getTerminated() != null;
  }

  /// Whether it waits to be started again.
  private static boolean isBetweenRuns(ContainerStatus status) {
    return status.getState() != null
        && status.getState().getWaiting() != null
        && hasTerminated(status.getLastState());
  }

  private static Map<String, String> orEmpty(Map<String, String> map) {
    return Objects.requireNonNullElse(map, Map.of());
  }

  /// What is known of one of its containers, if only its name.
  public NodeContainer container(String container) {
    NodeContainer known = containers.get(container);
    if (known != null) {
      return known;
    }
    var named = new LinkedHashMap<>(meta);
    named.put(MetaLabels.PREFIX + "pod_container_name", container);
    return new NodeContainer(false, 0, named);
  }
}
