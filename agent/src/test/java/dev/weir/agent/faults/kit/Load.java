package dev.weir.agent.faults.kit;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// A producer that writes numbered lines at a steady rate, a burst every few milliseconds, on a
/// thread of its own.
public final class Load implements AutoCloseable {
  private static final int BURST_MILLISECONDS = 10;

  private final NumberedLines lines;
  private final Consumer<String> log;
  private final int perSecond;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;
  private final AtomicLong written = new AtomicLong();

  private Load(NumberedLines lines, Consumer<String> log, int perSecond) {
    this.lines = lines;
    this.log = log;
    this.perSecond = perSecond;
    this.thread = Thread.ofPlatform().name("load-" + lines.producer()).unstarted(this::run);
  }

  /// Starts to write.
  ///
  /// @param log takes each line
  public static Load start(NumberedLines lines, Consumer<String> log, int perSecond) {
    var load = new Load(lines, log, perSecond);
    load.thread.start();
    return load;
  }

  public NumberedLines lines() {
    return lines;
  }

  /// Lines written so far.
  public long written() {
    return written.get();
  }

  private void run() {
    long begin = System.nanoTime();
    try {
      while (!stopping.await(BURST_MILLISECONDS, TimeUnit.MILLISECONDS)) {
        long due = (long) ((System.nanoTime() - begin) / 1e9 * perSecond);
        // After a stall it goes on at its rate and does not make up for all of it at once.
        long last = Math.min(due, written.get() + perSecond);
        for (long number = written.get(); number < last; number = written.incrementAndGet()) {
          log.accept(lines.line(number));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Stops writing and joins the thread.
  ///
  /// @return lines written
  public long stop() {
    stopping.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return written.get();
  }

  @Override
  public void close() {
    stop();
  }
}
