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
  /// @param lag bytes in its files, or read from the API, that are not yet confirmed
  /// @param lagSeconds for how long the oldest of them have waited
  /// @param lostBytes of its files that went before they were read
  /// @param lastConfirmed when the last line was written that is confirmed, where it is read from
  ///   the API; else empty
  public record TargetInfo(
      String id,
      String name,
      String lastError,
      Map<String, String> labels,
      boolean isRunning,
      String readFrom,
      long readOffset,
      long lag,
      double lagSeconds,
      long lostBytes,
      String lastConfirmed) {}
}
