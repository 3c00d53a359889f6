package dev.weir.agent.loki.stream;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Delivery;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.positions.StreamPosition;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The batches of one log stream that are under way, in order, and the place up to which all are
/// confirmed.
///
/// Thread-safe.
public final class Confirmations {
  private final Consumer<StreamPosition> advanced;
  private final Runnable failedOnce;
  private final Deque<Sent> underWay = new ArrayDeque<>();
  private @Nullable StreamPosition confirmed;
  private @Nullable StreamPosition read;
  private boolean failed;

  /// A batch under way.
  private static final class Sent {
    final StreamPosition after;
    boolean confirmed;

    Sent(StreamPosition after) {
      this.after = after;
    }
  }

  /// @param start what was confirmed in earlier runs, or null
  /// @param advanced takes every new confirmed place; must not block
  /// @param failedOnce told when a batch was not delivered, once per [#resume]; must not block
  public Confirmations(
      @Nullable StreamPosition start, Consumer<StreamPosition> advanced, Runnable failedOnce) {
    this.confirmed = start;
    this.read = start;
    this.advanced = advanced;
    this.failedOnce = failedOnce;
  }

  /// Gives a batch to a receiver and empties it.
  ///
  /// @param after the place behind its last line
  public void deliver(Batch batch, StreamPosition after, Receiver receiver)
      throws InterruptedException {
    batch.delivery(send(after));
    boolean accepted = false;
    try {
      receiver.accept(batch);
      accepted = true;
    } finally {
      if (accepted) {
        batch.delivery().release();
      } else {
        batch.delivery().fail();
      }
      batch.clear();
    }
  }

  /// Begins with a batch.
  ///
  /// @param after the place behind its last line
  synchronized Delivery send(StreamPosition after) {
    var sent = new Sent(after);
    underWay.add(sent);
    read = after;
    return new Delivery(delivered -> completed(sent, delivered));
  }

  private void completed(Sent sent, boolean delivered) {
    boolean first = false;
    synchronized (this) {
      if (delivered) {
        sent.confirmed = true;
        advance();
      } else {
        first = !failed;
        failed = true;
        underWay.remove(sent);
      }
      notifyAll();
    }
    if (first) {
      failedOnce.run();
    }
  }

  private void advance() {
    while (!underWay.isEmpty() && underWay.peek().confirmed) {
      StreamPosition after = underWay.remove().after;
      // Behind a failed batch nothing counts: it is all read again.
      if (!failed) {
        confirmed = after;
        advanced.accept(after);
      }
    }
  }

  /// Whether a batch was not delivered since the last [#resume].
  public synchronized boolean hasFailed() {
    return failed;
  }

  /// Whether nothing is under way.
  public synchronized boolean isSettled() {
    return underWay.isEmpty();
  }

  /// Waits until nothing is under way.
  private synchronized void awaitSettled() throws InterruptedException {
    while (!underWay.isEmpty()) {
      wait();
    }
  }

  /// Where to go on reading: behind all that was sent, or, after a failure, behind all that is
  /// confirmed, once the fate of the rest is known. Null for the beginning.
  public synchronized @Nullable StreamPosition resume() throws InterruptedException {
    if (failed) {
      awaitSettled();
      failed = false;
      read = confirmed;
    }
    return read;
  }
}
