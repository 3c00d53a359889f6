package dev.weir.agent.loki.source.journal;

import dev.weir.agent.loki.Delivery;
import dev.weir.agent.loki.positions.CursorPosition;
import dev.weir.agent.loki.positions.Positions;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Which entries are confirmed: the position moves over a batch once it and all before it are.
///
/// Thread-safe: the reader begins batches, deliveries end on any thread.
final class Progress {
  private final Positions positions;
  private final String key;
  private final ArrayDeque<Sent> sent = new ArrayDeque<>();
  private boolean failed;

  Progress(Positions positions, String key) {
    this.positions = positions;
    this.key = key;
  }

  /// A batch on its way.
  private final class Sent implements Delivery.Listener {
    private final String cursor;
    private boolean ended;
    private boolean delivered;

    Sent(String cursor) {
      this.cursor = cursor;
    }

    @Override
    public void completed(boolean withDelivery) {
      end(this, withDelivery);
    }
  }

  /// The place of the last confirmed entry, or null.
  @Nullable String confirmed() {
    return positions.get(key).orElse(null) instanceof CursorPosition place ? place.cursor() : null;
  }

  /// Begins with a batch whose last entry has a cursor.
  synchronized Delivery.Listener begin(String cursor) {
    var batch = new Sent(cursor);
    sent.add(batch);
    return batch;
  }

  private synchronized void end(Sent batch, boolean delivered) {
    batch.ended = true;
    batch.delivered = delivered;
    failed |= !delivered;
    Sent first = sent.peek();
    while (first != null && first.ended && first.delivered) {
      sent.remove();
      positions.put(key, new CursorPosition(first.cursor));
      first = sent.peek();
    }
  }

  synchronized boolean hasFailed() {
    return failed;
  }

  /// Whether no batch is on its way.
  synchronized boolean isSettled() {
    return sent.stream().allMatch(batch -> batch.ended);
  }

  /// Forgets what failed, to read it again.
  synchronized void rewind() {
    sent.clear();
    failed = false;
  }
}
