package dev.weir.agent.runtime;

import org.jspecify.annotations.Nullable;

/// The one stop of a runtime, which a second request hurries. Thread-safe.
final class Stopping {
  private @Nullable StopOrder order;
  private boolean begun;
  private boolean hurried;

  /// Whether the caller is the one to stop; who is not has made the other hurry.
  synchronized boolean begin() {
    if (!begun) {
      begun = true;
      return true;
    }
    hurried = true;
    if (order != null) {
      order.hurry();
    }
    return false;
  }

  synchronized boolean begun() {
    return begun;
  }

  void run(StopOrder newOrder) throws InterruptedException {
    synchronized (this) {
      order = newOrder;
      if (hurried) {
        newOrder.hurry();
      }
    }
    newOrder.run();
  }
}
