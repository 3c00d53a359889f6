package dev.weir.agent.loki.intake;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Delivery;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Receiver;

/// Passes entries on in batches. Belongs to the thread that has its lane.
public final class Sender {
  private static final int MOST_ENTRIES = 1024;

  private final Batch batch;
  private final Receiver receiver;
  private final Delivery delivery;
  private final Runnable firstTaken;
  private long sent;

  Sender(Batch batch, Receiver receiver, Delivery delivery, Runnable firstTaken) {
    this.batch = batch;
    this.receiver = receiver;
    this.delivery = delivery;
    this.firstTaken = firstTaken;
    start();
  }

  private void start() {
    batch.clear();
    batch.delivery(delivery);
  }

  /// An entry to fill, valid until the next one is asked for. May wait for the receiver.
  public Entry add() throws InterruptedException {
    if (batch.size() == MOST_ENTRIES) {
      flush();
    }
    return batch.add();
  }

  void flush() throws InterruptedException {
    if (!batch.isEmpty()) {
      sent += batch.size();
      receiver.accept(batch);
      firstTaken.run();
    }
    start();
  }

  /// Entries added so far.
  public long count() {
    return sent + batch.size();
  }
}
