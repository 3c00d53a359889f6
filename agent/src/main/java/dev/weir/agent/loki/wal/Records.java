package dev.weir.agent.loki.wal;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Delivery;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// What is in memory of a log: the record that batches are added to, and the one that is being
/// written meanwhile. Who adds waits while the first is full; so memory is bounded, and a slow disk
/// gets larger records, not more of them.
///
/// Thread-safe.
final class Records {
  /// A record larger than this is not added to.
  private static final int FULL = 1 << 20;

  /// Writes are at least so far apart, unless a record is full.
  private static final long PACE = 20_000_000;

  private enum State {
    OPEN,
    /// Takes no more; what it has is written.
    ENDING,
    /// Nothing is left, and nothing is taken.
    ENDED
  }

  private final ReentrantLock lock;
  private final Condition changed;
  private final Condition room;
  private RecordBuffer filling = new RecordBuffer();
  private RecordBuffer writing = new RecordBuffer();
  private State state = State.OPEN;
  private long lastWrite = System.nanoTime() - PACE;

  /// @param lock the log's
  /// @param changed told when there is something to be written
  Records(ReentrantLock lock, Condition changed) {
    this.lock = lock;
    this.changed = changed;
    this.room = lock.newCondition();
  }

  /// Adds a batch, see [Wal#append].
  boolean append(Batch batch) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (filling.size() >= FULL && state == State.OPEN) {
        room.await();
      }
      switch (state) {
        case ENDED -> {
          return false;
        }
        case ENDING -> giveBack(batch.delivery());
        case OPEN -> add(batch);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// The source keeps its own hold, so this ends nothing yet.
  private static void giveBack(Delivery delivery) {
    delivery.retain();
    delivery.fail();
  }

  private void add(Batch batch) {
    boolean first = filling.isEmpty();
    filling.append(batch);
    if (first || filling.size() >= FULL) {
      changed.signal();
    }
  }

  /// Waits for a record to be written.
  ///
  /// @param quiet whether there is nothing else to do
  /// @param nanos how long to wait when there is
  /// @return null when the time is over
  @Nullable RecordBuffer take(BooleanSupplier quiet, long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        if (!filling.isEmpty()) {
          long left = lastWrite + PACE - System.nanoTime();
          if (left <= 0 || filling.size() >= FULL || state != State.OPEN) {
            return swapped();
          }
          changed.awaitNanos(left);
        } else if (quiet.getAsBoolean()) {
          changed.await();
        } else if (changed.awaitNanos(nanos) <= 0) {
          return null;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private RecordBuffer swapped() {
    RecordBuffer next = writing;
    writing = filling;
    filling = next;
    room.signalAll();
    return writing;
  }

  /// The record that was taken is on disk.
  void written() {
    lastWrite = System.nanoTime();
    writing.release();
    lock.lock();
    try {
      writing.clear();
    } finally {
      lock.unlock();
    }
  }

  /// Whether all is on disk. With the lock.
  boolean isEmpty() {
    return filling.isEmpty() && writing.isEmpty();
  }

  /// Takes no more; who comes then keeps what he has. With the lock.
  void end() {
    if (state == State.OPEN) {
      state = State.ENDING;
    }
    room.signalAll();
    changed.signalAll();
  }

  /// Ends at once if it is open and empty: who comes then goes his way without it. With the lock.
  boolean leave() {
    if (state != State.OPEN || !isEmpty()) {
      return false;
    }
    state = State.ENDED;
    room.signalAll();
    return true;
  }

  /// Gives back what is not on disk, when nobody writes any more.
  void fail() {
    writing.fail();
    filling.fail();
  }
}
