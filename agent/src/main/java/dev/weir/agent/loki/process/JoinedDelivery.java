package dev.weir.agent.loki.process;

import dev.weir.agent.loki.Delivery;
import java.util.ArrayList;
import java.util.List;

/// One delivery for entries of several batches: all of them end when it does.
final class JoinedDelivery {
  private final List<Delivery> parts = new ArrayList<>();
  private final Delivery delivery = new Delivery(this::completed);

  /// @param first gets a hold of its own
  JoinedDelivery(Delivery first) {
    first.retain();
    parts.add(first);
  }

  /// What stands for all of them.
  Delivery delivery() {
    return delivery;
  }

  /// Takes over a hold.
  void add(Delivery held) {
    synchronized (parts) {
      parts.add(held);
    }
  }

  private void completed(boolean delivered) {
    synchronized (parts) {
      for (Delivery part : parts) {
        if (delivered) {
          part.release();
        } else {
          part.fail();
        }
      }
    }
  }
}
