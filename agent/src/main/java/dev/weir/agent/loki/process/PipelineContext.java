package dev.weir.agent.loki.process;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.loki.process.stage.StageContext;
import dev.weir.agent.metrics.ComponentMetrics;
import io.micrometer.core.instrument.Counter;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;

/// What the stages of one component share.
///
/// Thread-safe.
final class PipelineContext implements StageContext {
  private static final Semaphore NOTHING = new Semaphore(0);

  private final ComponentContext component;
  private final Map<String, Counter> dropped = new ConcurrentHashMap<>();

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
    // A semaphore that never has a permit: only time or interruption ends the wait.
    if (NOTHING.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
      throw new IllegalStateException("a permit that nobody gave");
    }
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
