package dev.weir.agent.loki.source.docker;

import java.util.List;
import java.util.Map;

/// What the component API shows.
public record DebugInfo(List<TargetInfo> targetsInfo) {
  /// One container.
  ///
  /// @param lastError empty when there is none
  /// @param readFrom `files`, `api` or empty
  /// @param readOffset up to which byte of its newest file it was read
  /// @param lag bytes in its files that are not yet confirmed
  public record TargetInfo(
      String id,
      String lastError,
      Map<String, String> labels,
      boolean isRunning,
      String readFrom,
      long readOffset,
      long lag) {}
}
