package dev.weir.agent.loki;

import dev.weir.agent.river.eval.Capsule;
import org.jspecify.annotations.Nullable;

/// Takes batches: the `receiver` that a log component exports.
@Capsule("loki.LogsReceiver")
public interface Receiver {
  /// Takes every entry of the batch, or throws.
  ///
  /// Runs to completion on the caller's thread and blocks while the receiver is full, which is how
  /// back-pressure reaches the source. The batch and its entries are only lent: a receiver that
  /// keeps an entry copies it and retains its [Delivery]; one that changes entries works on
  /// [Batch#fork]. Called by many threads at once, by one thread at a time per [Lane].
  ///
  /// @throws InterruptedException when the source is being stopped; nothing of the batch counts as
  ///   delivered then
  void accept(Batch batch) throws InterruptedException;

  /// Why what it was given has to wait at the moment, as far as it and those behind it know: a
  /// destination that does not answer, a rate limit. A source that makes no progress is not to
  /// blame then. Called by any thread, must not block.
  ///
  /// @return for people, or null when nothing is known to hold entries up
  default @Nullable String holdup() {
    return null;
  }
}
