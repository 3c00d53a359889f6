package dev.weir.agent.loki.podlog;

import dev.weir.agent.loki.Labels;
import java.util.LinkedHashMap;
import java.util.Map;

/// A container to read, and the labels of its entries.
public record LogTarget(PodContainer container, Labels labels) {
  /// A target as discovery gives it.
  ///
  /// @param job the label `job` where there is none
  /// @throws IllegalArgumentException when it leads to no container
  public static LogTarget of(Map<String, String> target, String job) {
    return of(target, job, false);
  }

  /// The same.
  ///
  /// @param withMeta whether entries keep the labels `__meta_*`
  public static LogTarget of(Map<String, String> target, String job, boolean withMeta) {
    PodContainer container = PodContainer.of(target);
    Map<String, String> labels = new LinkedHashMap<>(target);
    labels.putIfAbsent("job", job);
    labels.putIfAbsent("instance", container.toString());
    labels.entrySet().removeIf(one -> isHidden(one.getKey(), withMeta) || one.getValue().isEmpty());
    return new LogTarget(container, Labels.of(labels));
  }

  private static boolean isHidden(String label, boolean withMeta) {
    return label.startsWith("__") && !(withMeta && label.startsWith("__meta_"));
  }
}
