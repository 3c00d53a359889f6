package dev.weir.agent.loki;

import java.util.concurrent.atomic.AtomicInteger;

/// Proof of delivery of one batch: a count of those who still hold some of its entries.
///
/// Made with one hold, the source's own, which it gives up when [Receiver#accept] has returned. Who
/// keeps entries beyond that call retains, and releases once their fate is settled: Loki has
/// confirmed them, or they were dropped and counted. At zero the source learns the outcome.
///
/// Thread-safe. The outcome is told once, on the thread that gave up the last hold; the listener
/// must not block.
public final class Delivery {
  /// Learns how a batch ended.
  @FunctionalInterface
  public interface Listener {
    /// Called once, when nobody holds the batch any more.
    ///
    /// @param delivered false when a holder had to give entries up unsent: the source reads them
    ///   again from its last confirmed position
    void completed(boolean delivered);
  }

  /// For entries nobody waits for.
  public static final Delivery UNTRACKED = new Delivery(delivered -> {});

  private final Listener listener;
  private final AtomicInteger holds = new AtomicInteger(1);
  private volatile boolean failed;

  public Delivery(Listener listener) {
    this.listener = listener;
  }

  /// Adds a hold. Only somebody who knows of an open hold may call it.
  public void retain() {
    if (this != UNTRACKED && holds.getAndIncrement() <= 0) {
      throw new IllegalStateException("delivery retained after its end");
    }
  }

  /// Gives up a hold: the entries held are confirmed, or dropped and counted.
  public void release() {
    if (this == UNTRACKED) {
      return;
    }
    int left = holds.decrementAndGet();
    if (left == 0) {
      listener.completed(!failed);
    } else if (left < 0) {
      throw new IllegalStateException("delivery released twice");
    }
  }

  /// Gives up a hold without having delivered.
  public void fail() {
    failed = true;
    release();
  }
}
