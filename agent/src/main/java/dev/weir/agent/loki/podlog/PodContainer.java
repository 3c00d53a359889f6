package dev.weir.agent.loki.podlog;

import dev.weir.agent.loki.positions.ForeignPositions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One container of one pod; a pod that takes the place of another has another uid.
public record PodContainer(String namespace, String pod, String container, String uid) {
  private static final String META = "__meta_kubernetes_";

  /// The container that a target's labels lead to.
  ///
  /// @throws IllegalArgumentException when they lead to none
  public static PodContainer of(Map<String, String> target) {
    return new PodContainer(
        label(target, "__pod_namespace__", "namespace"),
        label(target, "__pod_name__", "pod_name"),
        label(target, "__pod_container_name__", "pod_container_name"),
        label(target, "__pod_uid__", "pod_uid"));
  }

  private static String label(Map<String, String> target, String own, String discovered) {
    String value = text(target.get(own));
    String found = value == null ? text(target.get(META + discovered)) : value;
    if (found == null) {
      throw new IllegalArgumentException(
          "a target has neither " + own + " nor " + META + discovered);
    }
    return found;
  }

  private static @Nullable String text(@Nullable String value) {
    return value == null || value.isEmpty() ? null : value;
  }

  /// The key of its position, as in Alloy.
  String key() {
    return ForeignPositions.CURSOR + this + ":" + uid;
  }

  /// `namespace/pod:container`.
  @Override
  public String toString() {
    return namespace + "/" + pod + ":" + container;
  }
}
