package dev.weir.agent.loki.source.podlogs;

import dev.weir.agent.loki.podlog.DebugInfo.TargetInfo;
import dev.weir.agent.river.eval.BlockField;
import java.util.List;

/// What the component API shows of `loki.source.podlogs`.
record DebugInfo(@BlockField List<PodLogsInfo> podLogs, List<TargetInfo> targetsInfo) {
  /// One `PodLogs`.
  ///
  /// @param containers that it chooses
  /// @param reconcileError why it is of no use; empty when it is
  record PodLogsInfo(String namespace, String name, int containers, String reconcileError) {}
}
