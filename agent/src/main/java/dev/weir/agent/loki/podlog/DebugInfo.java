package dev.weir.agent.loki.podlog;

import java.util.List;
import java.util.Map;

/// What the component API shows.
public record DebugInfo(List<TargetInfo> targetsInfo) {
  /// One container.
  ///
  /// @param instance `namespace/pod:container`
  /// @param lastError empty when there is none
  public record TargetInfo(
      String instance, Map<String, String> labels, boolean isRunning, String lastError) {}
}
