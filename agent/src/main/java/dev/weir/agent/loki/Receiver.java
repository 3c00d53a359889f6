package dev.weir.agent.loki;

import dev.weir.agent.river.eval.Capsule;

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
}
