package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Delivery;
import dev.weir.agent.loki.Entry;

/// Where a stage's entries go: the next stage, or the receivers.
public interface Output {
  /// Passes an entry on, at once: the rest of the pipeline runs inside the call.
  void emit(Entry entry);

  /// Takes over a hold that a stage has on an earlier batch: it ends as the entries emitted from
  /// now on end. To be called before the held entries are emitted.
  void adopt(Delivery held);

  /// A slot to fill and [#emit] for a stage that has more entries to give than it was given.
  Entry fresh();

  /// Sends what was emitted so far, because more will take a while.
  ///
  /// @throws StageInterruptedException when the thread is interrupted
  void hurry();
}
