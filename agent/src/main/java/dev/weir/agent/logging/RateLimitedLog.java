package dev.weir.agent.logging;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;
import org.slf4j.spi.NOPLoggingEventBuilder;

/// Reports one kind of failure that may go on and on: the first at once, then at most one line per
/// interval, with the number of those left out as `suppressed`.
///
/// ```java
/// private final RateLimitedLog refused = new RateLimitedLog(log, Duration.ofSeconds(10));
/// ...
/// refused.at(Level.WARN).addKeyValue("status", status).log("Loki refused a push, trying again");
/// ```
///
/// It limits the log only; whoever reports counts the failure in a metric as well. Thread-safe and
/// without locks.
public final class RateLimitedLog {
  private final Logger log;
  private final long intervalNanos;
  private final LongSupplier nanoTime;
  private final AtomicLong next;
  private final AtomicLong suppressed = new AtomicLong();

  public RateLimitedLog(Logger log, Duration interval) {
    this(log, interval, System::nanoTime);
  }

  /// @param nanoTime stands in for `System.nanoTime` in tests
  public RateLimitedLog(Logger log, Duration interval, LongSupplier nanoTime) {
    this.log = log;
    this.intervalNanos = interval.toNanos();
    this.nanoTime = nanoTime;
    this.next = new AtomicLong(nanoTime.getAsLong());
  }

  /// A line to fill and write; one that goes nowhere while the interval lasts.
  public LoggingEventBuilder at(Level level) {
    if (!log.isEnabledForLevel(level)) {
      return NOPLoggingEventBuilder.singleton();
    }
    long now = nanoTime.getAsLong();
    long due = next.get();
    if (now - due < 0 || !next.compareAndSet(due, now + intervalNanos)) {
      suppressed.incrementAndGet();
      return NOPLoggingEventBuilder.singleton();
    }
    long left = suppressed.getAndSet(0);
    LoggingEventBuilder line = log.atLevel(level);
    return left == 0 ? line : line.addKeyValue("suppressed", left);
  }

  /// Ends the interval: the next failure is a new one. Called when the thing works again.
  public void reset() {
    next.set(nanoTime.getAsLong());
    suppressed.set(0);
  }
}
