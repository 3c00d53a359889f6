package dev.weir.agent.loki.intake;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Lane;
import dev.weir.agent.loki.Receiver;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Passes on what is pushed, on the threads of those who push, over a few lanes: who pushes one
/// request after the other always gets the same lane.
///
/// Thread-safe.
///
/// @param <S> what a lane keeps beside its batch, such as caches
public final class Intake<S> implements AutoCloseable {
  /// Makes what a lane keeps.
  @FunctionalInterface
  public interface StateFactory<S> {
    S create();
  }

  /// Adds the entries of one request.
  ///
  /// @param <S> what a lane keeps
  @FunctionalInterface
  public interface Filling<S> {
    void fill(Sender sender, S state) throws InterruptedException;
  }

  private record Place<S>(Lane lane, Batch batch, S state) {}

  private final Deque<Place<S>> free = new ArrayDeque<>();
  private final List<Lane> lanes = new ArrayList<>();
  private final Semaphore available;
  private final ScheduledExecutorService alarms;

  /// @param name of the component, for lanes and threads
  public Intake(String name, int laneCount, StateFactory<S> states) {
    for (int i = 0; i < laneCount; i++) {
      var lane = new Lane(name + "-" + i);
      lanes.add(lane);
      free.addLast(new Place<>(lane, new Batch(lane), states.create()));
    }
    available = new Semaphore(laneCount, true);
    alarms =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(name + "-alarms").factory());
  }

  /// Passes entries on. Waits for the receiver until the deadline, but never gives up half-way:
  /// once some of the entries are taken it waits for as long as it takes.
  ///
  /// @param deadline of `System.nanoTime`
  /// @return false when there was no lane, or nothing was taken, in time; nothing is delivered then
  /// @throws InterruptedException when the caller is interrupted; nothing counts as delivered then
  public boolean take(Receiver receiver, Pending pending, long deadline, Filling<S> filling)
      throws InterruptedException {
    long wait = deadline - System.nanoTime();
    if (!available.tryAcquire(wait, TimeUnit.NANOSECONDS)) {
      pending.delivery().fail();
      return false;
    }
    Place<S> place = taken();
    var alarm = new Alarm();
    Future<?> ringing =
        alarms.schedule(alarm::ring, deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    boolean done = false;
    try {
      var sender = new Sender(place.batch(), receiver, pending.delivery(), alarm::callOff);
      filling.fill(sender, place.state());
      sender.flush();
      done = true;
      return true;
    } catch (InterruptedException e) {
      if (!alarm.hasRung()) {
        throw e;
      }
      return false;
    } finally {
      alarm.callOff();
      ringing.cancel(false);
      place.batch().clear();
      giveBack(place);
      end(pending, done);
    }
  }

  private static void end(Pending pending, boolean done) {
    if (done) {
      pending.delivery().release();
    } else {
      pending.delivery().fail();
    }
  }

  private synchronized Place<S> taken() {
    return free.removeFirst();
  }

  private void giveBack(Place<S> place) {
    synchronized (this) {
      free.addFirst(place);
    }
    available.release();
  }

  /// Lets go of the lanes; nobody may be passing anything on any more.
  @Override
  public void close() {
    alarms.shutdownNow();
    lanes.forEach(Lane::close);
  }
}
