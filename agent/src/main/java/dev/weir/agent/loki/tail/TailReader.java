package dev.weir.agent.loki.tail;

import dev.weir.agent.loki.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One reading thread: goes round its files, each as often as it has something to say.
///
/// A file that has just had lines is looked at again after the shortest wait, which doubles up to
/// the longest while it stays silent. Waits end on a common grid, so that many silent files wake
/// the thread seldom.
final class TailReader implements Runnable {
  private static final long HELD_UP = TimeUnit.MILLISECONDS.toNanos(500);

  private final LongSupplier nanoTime;
  private final Lane lane;
  private final ChunkReader chunks;
  private final BiConsumer<String, Throwable> defects;
  private final Queue<TailedFile> arrivals = new ConcurrentLinkedQueue<>();
  private final List<Visit> visits = new ArrayList<>();
  private volatile @Nullable Thread thread;
  private volatile int load;
  private volatile long turnSince = Long.MIN_VALUE;
  private volatile long shortestPoll;
  private volatile long longestPoll;

  /// A file and when it is next due.
  private static final class Visit {
    final TailedFile file;
    long due;
    long wait;

    Visit(TailedFile file, long due) {
      this.file = file;
      this.due = due;
    }
  }

  /// @param defects told of a file whose turn threw unexpectedly, and what
  TailReader(
      TailSettings settings,
      LongSupplier nanoTime,
      Lane lane,
      ChunkReader chunks,
      BiConsumer<String, Throwable> defects) {
    this.defects = defects;
    polling(settings.shortestPoll(), settings.longestPoll());
    this.nanoTime = nanoTime;
    this.lane = lane;
    this.chunks = chunks;
  }

  void polling(Duration shortest, Duration longest) {
    shortestPoll = shortest.toNanos();
    longestPoll = longest.toNanos();
  }

  /// How many files it reads.
  int load() {
    return load + arrivals.size();
  }

  /// Takes over a file.
  void take(TailedFile file) {
    arrivals.add(file);
    wake();
  }

  /// Ends its wait.
  void wake() {
    LockSupport.unpark(thread);
  }

  @Override
  public void run() {
    thread = Thread.currentThread();
    try {
      while (!Thread.currentThread().isInterrupted()) {
        long wait = safePass() - nanoTime.getAsLong();
        if (wait > 0) {
          LockSupport.parkNanos(this, wait);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lane.close(Lane.Ending.TO_BE_CONTINUED);
    }
  }

  /// Whatever goes wrong between two turns, the thread that reads goes on.
  private long safePass() throws InterruptedException {
    try {
      return pass(false);
    } catch (RuntimeException | Error e) {
      defects.accept("", e);
      return nanoTime.getAsLong() + longestPoll;
    }
  }

  /// Gives every file that is due its turn.
  ///
  /// @param all whether those that are not due get theirs too
  /// @return when the next one is due
  long pass(boolean all) throws InterruptedException {
    admit();
    long next = nanoTime.getAsLong() + longestPoll;
    for (Visit visit : visits) {
      if (all || visit.due <= nanoTime.getAsLong() || visit.file.urgency().take()) {
        visit(visit);
      }
      next = Math.min(next, visit.due);
    }
    visits.removeIf(visit -> visit.file.hasEnded());
    load = visits.size();
    return next;
  }

  private void admit() {
    TailedFile file = arrivals.poll();
    while (file != null) {
      visits.add(new Visit(file, nanoTime.getAsLong()));
      file = arrivals.poll();
    }
    load = visits.size();
  }

  /// A defect that one file brings to light must not stop the others.
  private boolean turn(TailedFile file, long now) throws InterruptedException {
    turnSince = now;
    try {
      return file.turn(chunks, now);
    } catch (RuntimeException | Error e) {
      defects.accept(file.key(), e);
      return false;
    } finally {
      turnSince = Long.MIN_VALUE;
    }
  }

  /// Whether one turn takes so long that the other files are not looked at.
  boolean isHeldUp(long now) {
    long since = turnSince;
    return since != Long.MIN_VALUE && now - since >= HELD_UP;
  }

  private void visit(Visit visit) throws InterruptedException {
    long now = nanoTime.getAsLong();
    long before = visit.file.counts().readBytes();
    boolean more = turn(visit.file, now);
    if (more) {
      visit.due = now;
      visit.wait = 0;
      return;
    }
    long shortest = shortestPoll;
    boolean silent = before == visit.file.counts().readBytes() && visit.wait > 0;
    visit.wait = silent ? Math.min(2 * visit.wait, longestPoll) : shortest;
    long grid = Math.max(1, Math.min(visit.wait, 4 * shortest));
    visit.due = Math.ceilDiv(now + visit.wait, grid) * grid;
  }
}
