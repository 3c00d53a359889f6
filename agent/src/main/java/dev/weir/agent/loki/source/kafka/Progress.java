package dev.weir.agent.loki.source.kafka;

import dev.weir.agent.loki.Delivery;
import java.util.ArrayDeque;

/// How far a partition is delivered: the confirmed offset moves over a batch once it and all before
/// it are.
///
/// Thread-safe: one thread begins batches, deliveries end on any.
final class Progress {
  private static final long UNKNOWN = -1;

  private final ArrayDeque<Sent> sent = new ArrayDeque<>();
  private long confirmed = UNKNOWN;
  private long begun = UNKNOWN;
  private boolean moved;
  private boolean failed;

  /// A batch on its way.
  private final class Sent implements Delivery.Listener {
    private final long next;
    private boolean ended;
    private boolean delivered;

    Sent(long next) {
      this.next = next;
    }

    @Override
    public void completed(boolean withDelivery) {
      end(this, withDelivery);
    }
  }

  /// Begins with a batch of messages.
  ///
  /// @param first the offset of the first
  /// @param next the offset behind the last
  synchronized Delivery.Listener begin(long first, long next) {
    if (confirmed == UNKNOWN) {
      confirmed = first;
    }
    begun = next;
    var batch = new Sent(next);
    sent.add(batch);
    return batch;
  }

  private synchronized void end(Sent batch, boolean delivered) {
    batch.ended = true;
    batch.delivered = delivered;
    failed |= !delivered;
    Sent oldest = sent.peek();
    while (oldest != null && oldest.ended && oldest.delivered) {
      sent.remove();
      confirmed = oldest.next;
      moved = true;
      oldest = sent.peek();
    }
  }

  /// The offset of the first message that is not confirmed; -1 before the first batch.
  synchronized long confirmed() {
    return confirmed;
  }

  /// Whether anything was confirmed.
  synchronized boolean hasMoved() {
    return moved;
  }

  /// The offset behind the last message of the last batch; -1 before the first.
  synchronized long begun() {
    return begun;
  }

  synchronized boolean hasFailed() {
    return failed;
  }

  /// Whether no batch is on its way.
  synchronized boolean isSettled() {
    return sent.stream().allMatch(batch -> batch.ended);
  }

  /// Forgets what failed, to read it again.
  ///
  /// @return the offset to read from
  synchronized long rewind() {
    sent.clear();
    failed = false;
    begun = confirmed;
    return confirmed;
  }
}
