package dev.weir.agent.loki.intake;

import dev.weir.agent.loki.Delivery;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Entries that were passed on and whose delivery somebody waits for. Thread-safe.
public final class Pending {
  /// How entries ended.
  public enum Outcome {
    /// Confirmed, or dropped on purpose and counted.
    DELIVERED,
    /// Given up: to be sent again.
    FAILED,
    /// Not known yet.
    UNDER_WAY
  }

  private final CountDownLatch done = new CountDownLatch(1);
  private final Delivery delivery = new Delivery(this::completed);
  private volatile Outcome outcome = Outcome.UNDER_WAY;

  /// The delivery to give the batches.
  Delivery delivery() {
    return delivery;
  }

  private void completed(boolean delivered) {
    outcome = delivered ? Outcome.DELIVERED : Outcome.FAILED;
    done.countDown();
  }

  /// Waits for the end of the entries, at most until that time.
  ///
  /// @param deadline of `System.nanoTime`
  public Outcome await(long deadline) throws InterruptedException {
    boolean ended = done.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    return ended ? outcome : Outcome.UNDER_WAY;
  }
}
