package dev.weir.agent.loki.wal;

import dev.weir.agent.component.Joining;
import dev.weir.agent.logging.RateLimitedLog;
import dev.weir.agent.loki.Batch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/// A log on disk of entries that are not delivered yet.
///
/// Sources [#append] to a record in memory; a thread of the log's own writes it, waits until it is
/// on disk and releases the batches' deliveries. While it does so the next record is filled: the
/// slower the disk, the more batches share a write. Only what is on disk is read for the outlets,
/// so that a write that fails is done again without anybody having seen it.
///
/// Thread-safe.
public final class Wal implements AutoCloseable {
  private static final long TEND_INTERVAL = 1_000_000_000;

  /// How soon to see that what was written was released.
  private static final long LOOK_AGAIN = 20_000_000;

  private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);

  private final WalMetrics metrics;
  private final Logger log;
  private final RateLimitedLog failures;
  private final LogWriter writer;
  private final Feeds feeds;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Condition grown = lock.newCondition();

  /// Never has one: only time or interruption ends the wait.
  private final Semaphore never = new Semaphore(0);

  private final Records records = new Records(lock, changed);
  private long lastTended;
  private volatile @Nullable String trouble;
  private volatile boolean blocked;
  private volatile boolean opened;

  /// A part of a segment that can be read.
  record Stretch(Path file, long segment, long offset, Place end) {}

  public Wal(
      Path directory, WalSettings settings, WalMetrics metrics, InstantSource clock, Logger log) {
    this(directory, settings, metrics, clock, log, Disk.FILES, System::nanoTime);
  }

  Wal(
      Path directory,
      WalSettings settings,
      WalMetrics metrics,
      InstantSource clock,
      Logger log,
      Disk disk,
      LongSupplier nanoTime) {
    this.metrics = metrics;
    this.log = log;
    this.failures = new RateLimitedLog(log, LOG_INTERVAL);
    this.feeds = new Feeds(this, metrics, nanoTime, log);
    this.writer = new LogWriter(directory, settings, disk, feeds, metrics, clock, nanoTime, log);
    this.lastTended = System.nanoTime();
    this.thread = Thread.ofPlatform().daemon().name("wal").unstarted(this::run);
    metrics.follow(this);
  }

  /// Whether a directory holds what an earlier process has not delivered.
  public static boolean isLeft(Path directory) {
    return Segments.exist(directory);
  }

  /// Begins to work.
  public void start() {
    thread.start();
  }

  /// Takes other limits.
  public void settings(WalSettings settings) {
    lock.lock();
    try {
      writer.settings(settings);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Feeds these outlets from now on, and no others. One whose key is known goes on where the one
  /// of that key was; a new one takes the place of one that is gone; else it gets what comes from
  /// now on.
  public void feed(List<Outlet> outlets) {
    feeds.want(outlets);
  }

  /// Takes a batch, and holds its delivery until it is on disk. Waits while the log cannot take
  /// more.
  ///
  /// @return false when the log has ended: the batch must go its way without it
  public boolean append(Batch batch) throws InterruptedException {
    return records.append(batch);
  }

  private void run() {
    try {
      open();
      while (true) {
        RecordBuffer next = records.take(writer::isQuiet, TEND_INTERVAL);
        if (next != null) {
          write(next);
        }
        tend();
      }
    } catch (InterruptedException e) {
      // Its owner wants it to end.
    }
  }

  private void open() throws InterruptedException {
    while (!opened) {
      try {
        writer.open(lock);
        feeds.open(writer.saved(), writer.oldest(), writer.end());
        opened = true;
        succeeded();
      } catch (IOException | RuntimeException e) {
        failed("the write-ahead log cannot be opened", e);
      }
    }
  }

  /// Writes a record, for as long as it takes.
  private void write(RecordBuffer record) throws InterruptedException {
    while (!tryToWrite(record)) {
      // Again.
    }
    records.written();
  }

  private boolean tryToWrite(RecordBuffer record) throws InterruptedException {
    try {
      makeRoom(record.size());
      writer.write(record, lock);
      succeeded();
      lock.lock();
      try {
        grown.signalAll();
      } finally {
        lock.unlock();
      }
      return true;
    } catch (IOException | RuntimeException e) {
      metrics.failed();
      failed("the write-ahead log cannot be written, sources wait", e);
      return false;
    }
  }

  /// Makes room for the record; waits where only delivery or age can make it.
  private void makeRoom(int bytes) throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = TEND_INTERVAL;
      while (!writer.makeRoom(bytes)) {
        blocked = true;
        left = changed.awaitNanos(left);
        if (left <= 0) {
          writer.expire();
          left = TEND_INTERVAL;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void tend() {
    if (System.nanoTime() - lastTended < TEND_INTERVAL) {
      return;
    }
    lastTended = System.nanoTime();
    try {
      lock.lock();
      try {
        writer.removeDelivered();
        writer.expire();
      } finally {
        lock.unlock();
      }
      writer.savePlaces();
    } catch (IOException | RuntimeException e) {
      metrics.failed();
      failures.at(Level.WARN).addKeyValue("error", e).log("the write-ahead log cannot be tended");
    }
  }

  private void succeeded() {
    blocked = false;
    if (trouble != null) {
      trouble = null;
      failures.reset();
      log.atInfo().log("the write-ahead log works again");
    }
  }

  private void failed(String what, Exception e) throws InterruptedException {
    trouble = what + ": " + e;
    blocked = true;
    failures.at(Level.ERROR).addKeyValue("error", e).log(what);
    pause();
  }

  /// Waits before what has failed is tried again.
  void pause() throws InterruptedException {
    never.tryAcquire(TEND_INTERVAL, TimeUnit.NANOSECONDS);
  }

  /// What can be read behind a place; waits for it.
  ///
  /// @param stop whether to wait no longer
  /// @return null when there is nothing and waiting shall end
  @Nullable Stretch next(Place from, BooleanSupplier stop) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        Stretch next = writer.after(from);
        if (next != null || stop.getAsBoolean()) {
          return next;
        }
        grown.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Something was delivered.
  ///
  /// @param failed or went back
  void progressed(boolean failed) {
    if (!failed && !blocked) {
      return;
    }
    lock.lock();
    try {
      changed.signalAll();
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void wakeFeeds() {
    lock.lock();
    try {
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Where what is on disk ends.
  Place end() {
    lock.lock();
    try {
      return writer.end();
    } finally {
      lock.unlock();
    }
  }

  Gap pending(Progress progress) {
    return Gap.between(progress.confirmed(), end());
  }

  long bytes() {
    lock.lock();
    try {
      return writer.bytes();
    } finally {
      lock.unlock();
    }
  }

  boolean isBlocked() {
    return blocked;
  }

  /// What is wrong with the disk, null when nothing is.
  public @Nullable String trouble() {
    return trouble;
  }

  /// How it is doing, for people.
  public WalStatus status() {
    lock.lock();
    try {
      return new WalStatus(
          writer.count(), writer.bytes(), trouble, feeds.status(writer.end(), writer::ageAfter));
    } finally {
      lock.unlock();
    }
  }

  /// Ends it if everything in it is delivered; what comes then goes its way without it.
  public boolean endIfDelivered() {
    lock.lock();
    try {
      return opened && feeds.isDelivered(writer.end()) && records.leave();
    } finally {
      lock.unlock();
    }
  }

  /// Takes no more, and hands on what it has, for a limited time.
  ///
  /// @param deadline of `System.nanoTime`
  public void drain(long deadline) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      records.end();
      while (opened && !records.isEmpty()) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return;
        }
        grown.awaitNanos(Math.min(left, LOOK_AGAIN));
      }
    } finally {
      lock.unlock();
    }
    feeds.drain(deadline);
  }

  /// Ends it. What is not delivered stays on disk for the next time; what did not get there goes
  /// back to its source.
  @Override
  public void close() {
    lock.lock();
    try {
      records.end();
    } finally {
      lock.unlock();
    }
    feeds.close();
    thread.interrupt();
    Joining.join(thread);
    records.fail();
    try {
      writer.close(opened);
    } catch (IOException e) {
      log.atWarn().addKeyValue("error", e).log("the write-ahead log was not closed properly");
    }
  }
}
