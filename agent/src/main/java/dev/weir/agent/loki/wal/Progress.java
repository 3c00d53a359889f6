package dev.weir.agent.loki.wal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// How far an outlet is: up to where the log was read for it, and up to where all was delivered.
///
/// Thread-safe.
final class Progress {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition settled = lock.newCondition();
  private final LongSupplier nanoTime;
  private final Deque<Flight> flights = new ArrayDeque<>();
  private Place read;
  private volatile Place confirmed;
  private volatile long lastMoved;
  private int unsettled;
  private boolean failed;
  private @Nullable Consumer<Gap> abandoned;

  /// Entries that were read together, or left out together.
  final class Flight {
    private final Place start;
    private final Place end;
    private final boolean leftOut;
    private boolean done;

    private Flight(Place start, Place end, boolean leftOut) {
      this.start = start;
      this.end = end;
      this.leftOut = leftOut;
      this.done = leftOut;
    }

    /// They are delivered, or go back.
    void settle(boolean delivered) {
      lock.lock();
      try {
        unsettled--;
        done = delivered;
        failed |= !delivered;
        if (!delivered && abandoned != null) {
          abandoned.accept(Gap.between(start, end));
        }
        confirmDone();
        settled.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  Progress(Place start, LongSupplier nanoTime) {
    read = start;
    confirmed = start;
    this.nanoTime = nanoTime;
    lastMoved = nanoTime.getAsLong();
  }

  private void confirmDone() {
    for (Flight first = flights.peek(); first != null && first.done; first = flights.peek()) {
      confirmed = first.end;
      if (!first.leftOut) {
        lastMoved = nanoTime.getAsLong();
      }
      flights.remove();
    }
  }

  /// Where to read on.
  Place read() {
    lock.lock();
    try {
      return read;
    } finally {
      lock.unlock();
    }
  }

  /// Everything before it is delivered.
  Place confirmed() {
    return confirmed;
  }

  /// How long ago something was delivered.
  long stalledNanos() {
    return nanoTime.getAsLong() - lastMoved;
  }

  /// Takes note of what was read.
  ///
  /// @return null when reading was meanwhile set to another place
  @Nullable Flight took(Place from, Place to) {
    lock.lock();
    try {
      if (!read.equals(from)) {
        return null;
      }
      read = to;
      var flight = new Flight(from, to, false);
      flights.add(flight);
      unsettled++;
      return flight;
    } finally {
      lock.unlock();
    }
  }

  /// Leaves out what was not read before a place.
  ///
  /// @return where reading would have gone on
  Place skipTo(Place to) {
    lock.lock();
    try {
      Place from = read;
      if (to.sequence() > from.sequence()) {
        read = to;
        flights.add(new Flight(from, to, true));
        confirmDone();
      }
      return from;
    } finally {
      lock.unlock();
    }
  }

  /// From now on what goes back unsent is lost.
  void abandon(Consumer<Gap> lost) {
    lock.lock();
    try {
      abandoned = lost;
    } finally {
      lock.unlock();
    }
  }

  /// Whether something read went back unsent.
  boolean hasFailed() {
    lock.lock();
    try {
      return failed;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until nothing is under way, then starts over behind what was delivered, or what was left
  /// out, for that is no longer there to be read.
  ///
  /// @return what went back unsent and can no longer be read
  Gap rewind() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (unsettled > 0) {
        settled.await();
      }
      Gap gap = Gap.NONE;
      Place next = confirmed;
      Gap pending = Gap.NONE;
      for (Flight flight : flights) {
        if (flight.leftOut) {
          gap = gap.plus(pending);
          pending = Gap.NONE;
          next = flight.end;
        } else if (!flight.done) {
          pending = pending.plus(Gap.between(flight.start, flight.end));
        }
      }
      flights.clear();
      failed = false;
      read = next;
      confirmed = next;
      return gap;
    } finally {
      lock.unlock();
    }
  }
}
