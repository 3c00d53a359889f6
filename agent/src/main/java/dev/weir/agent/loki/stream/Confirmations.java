package dev.weir.agent.loki.stream;

import dev.weir.agent.loki.Backlog;
import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Delivery;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.positions.StreamPosition;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The batches of one log stream that are under way, in order, and the place up to which all are
/// confirmed.
///
/// Thread-safe.
public final class Confirmations {
  private final Consumer<StreamPosition> advanced;
  private final Runnable failedOnce;
  private final LongSupplier nanoTime;
  private final Deque<Sent> underWay = new ArrayDeque<>();
  private @Nullable StreamPosition confirmed;
  private @Nullable StreamPosition read;
  private boolean failed;
  private long progressAt;

  /// A batch under way.
  private static final class Sent {
    final StreamPosition after;
    final long bytes;
    final long at;
    boolean confirmed;

    Sent(StreamPosition after, long bytes, long at) {
      this.after = after;
      this.bytes = bytes;
      this.at = at;
    }
  }

  /// @param start what was confirmed in earlier runs, or null
  /// @param advanced takes every new confirmed place; must not block
  /// @param failedOnce told when a batch was not delivered, once per [#resume]; must not block
  public Confirmations(
      @Nullable StreamPosition start, Consumer<StreamPosition> advanced, Runnable failedOnce) {
    this(start, advanced, failedOnce, System::nanoTime);
  }

  Confirmations(
      @Nullable StreamPosition start,
      Consumer<StreamPosition> advanced,
      Runnable failedOnce,
      LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.progressAt = nanoTime.getAsLong();
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
    batch.delivery(send(after, bytes(batch)));
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
    return send(after, 0);
  }

  private static long bytes(Batch batch) {
    long bytes = 0;
    for (int i = 0; i < batch.size(); i++) {
      bytes += batch.get(i).length();
    }
    return bytes;
  }

  private synchronized Delivery send(StreamPosition after, long bytes) {
    var sent = new Sent(after, bytes, nanoTime.getAsLong());
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
        progressAt = nanoTime.getAsLong();
        advanced.accept(after);
      }
    }
  }

  /// How far confirmations are behind what was read.
  public synchronized Backlog backlog() {
    Sent oldest = underWay.peek();
    if (oldest == null) {
      return Backlog.NONE;
    }
    long now = nanoTime.getAsLong();
    long bytes = underWay.stream().mapToLong(sent -> sent.bytes).sum();
    long still = now - Math.max(oldest.at, progressAt);
    return new Backlog(bytes, Duration.ofNanos(now - oldest.at), Duration.ofNanos(still));
  }

  /// The place up to which all is confirmed; null before the first.
  public synchronized @Nullable StreamPosition confirmed() {
    return confirmed;
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
