package dev.weir.agent.loki.source.kubernetesfiles;

import dev.weir.agent.river.eval.BlockField;
import java.util.List;

/// What the component API shows of `loki.source.kubernetes_files`.
///
/// @param node whose files are read
/// @param podsSynced whether the API server has told of every pod
record DebugInfo(String node, boolean podsSynced, @BlockField List<TargetInfo> targetsInfo) {
  /// One file.
  ///
  /// @param state `reading`, or why not
  /// @param readOffset place up to which it was read
  /// @param lag bytes on disk that are not confirmed
  /// @param lagSeconds for how long the oldest of them have waited
  record TargetInfo(
      String path,
      String labels,
      String state,
      long readOffset,
      long lag,
      double lagSeconds,
      long lostBytes) {}
}
