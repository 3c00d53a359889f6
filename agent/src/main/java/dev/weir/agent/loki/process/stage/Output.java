package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Entry;

/// Where a stage's entries go: the next stage, or the receivers.
public interface Output {
  /// Passes an entry on, at once: the rest of the pipeline runs inside the call.
  void emit(Entry entry);
}
