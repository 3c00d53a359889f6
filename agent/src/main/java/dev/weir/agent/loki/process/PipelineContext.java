package dev.weir.agent.loki.process;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.loki.process.stage.StageContext;
import dev.weir.agent.metrics.ComponentMetrics;
import io.micrometer.core.instrument.Counter;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;

/// What the stages of one component share, until they are replaced.
///
/// Thread-safe.
final class PipelineContext implements StageContext {
  private static final long MOMENT = TimeUnit.SECONDS.toNanos(5);

  private final ComponentContext component;
  private final Map<String, Counter> dropped = new ConcurrentHashMap<>();
  private final AtomicInteger pausing = new AtomicInteger();
  private volatile long lastPause;
  private final CountDownLatch ended = new CountDownLatch(1);

  PipelineContext(ComponentContext component) {
    this.component = component;
  }

  @Override
  public Logger log() {
    return component.log();
  }

  @Override
  public InstantSource clock() {
    return component.clock();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void pause(long nanos) throws InterruptedException {
    pausing.incrementAndGet();
    try {
      boolean _ = ended.await(nanos, TimeUnit.NANOSECONDS);
    } finally {
      lastPause = System.nanoTime();
      pausing.decrementAndGet();
    }
  }

  /// Whether a stage makes entries wait, now or a moment ago.
  boolean isPausing() {
    long last = lastPause;
    return pausing.get() > 0 || (last != 0 && System.nanoTime() - last < MOMENT);
  }

  /// The stages were replaced or end: nobody waits for them any more.
  void end() {
    ended.countDown();
  }

  @Override
  public ComponentMetrics metrics() {
    return component.metrics();
  }

  @Override
  public void dropped(String reason, int entries) {
    Counter counter = dropped.get(reason);
    if (counter == null) {
      counter = dropped.computeIfAbsent(reason, this::counter);
    }
    counter.increment(entries);
  }

  private Counter counter(String reason) {
    return component
        .metrics()
        .counter(
            "loki_process_dropped_lines_total",
            "A count of all log lines dropped as a result of a pipeline stage",
            "reason",
            reason);
  }

  @Override
  public <T> T shared(Supplier<T> first) {
    throw new UnsupportedOperationException("every stage has a state of its own");
  }
}
