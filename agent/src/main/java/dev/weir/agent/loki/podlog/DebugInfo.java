package dev.weir.agent.loki.podlog;

import java.util.List;
import java.util.Map;

/// What the component API shows.
public record DebugInfo(List<TargetInfo> targetsInfo) {
  /// One container.
  ///
  /// @param instance `namespace/pod:container`
  /// @param lastError empty when there is none
  /// @param lag bytes of text that were read and are not yet confirmed
  /// @param lagSeconds for how long the oldest of them have waited
  /// @param lastConfirmed when the last line was written that is confirmed; may be empty
  public record TargetInfo(
      String instance,
      Map<String, String> labels,
      boolean isRunning,
      String lastError,
      long lag,
      double lagSeconds,
      String lastConfirmed) {}
}
