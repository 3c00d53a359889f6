package dev.weir.agent.loki.source.file;

import dev.weir.agent.river.eval.BlockField;
import java.util.List;

/// What the component API shows of `loki.source.file`.
record DebugInfo(@BlockField List<TargetInfo> targetsInfo) {
  /// One file.
  ///
  /// @param readOffset place up to which it was read
  /// @param lag bytes on disk that are not confirmed
  /// @param lagSeconds for how long the oldest of them have waited
  record TargetInfo(
      String path,
      String labels,
      boolean isRunning,
      long readOffset,
      long lag,
      double lagSeconds,
      long lostBytes) {}
}
