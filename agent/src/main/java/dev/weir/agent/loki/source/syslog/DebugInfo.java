package dev.weir.agent.loki.source.syslog;

import dev.weir.agent.river.eval.BlockField;
import java.util.List;

/// What the component API shows of `loki.source.syslog`.
record DebugInfo(@BlockField List<ListenerInfo> listenersInfo) {
  /// One listener.
  ///
  /// @param listenAddress with the real port
  record ListenerInfo(boolean ready, String listenAddress, String labels) {}
}
