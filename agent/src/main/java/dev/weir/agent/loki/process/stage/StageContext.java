package dev.weir.agent.loki.process.stage;

import dev.weir.agent.metrics.ComponentMetrics;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.slf4j.Logger;

/// What a stage may touch outside itself.
public interface StageContext {
  Logger log();

  InstantSource clock();

  /// `System.nanoTime()`, but in tests.
  long nanoTime();

  /// Waits, which stops the lane; not for stages that were replaced or end.
  void pause(long nanos) throws InterruptedException;

  /// The meters of the pipeline's component.
  ComponentMetrics metrics();

  /// Counts dropped entries: `loki_process_dropped_lines_total{reason}`.
  void dropped(String reason, int entries);

  /// State that the instances of this stage share between lanes: made by the first that asks, then
  /// the same for all, until the pipeline is rebuilt. Thread-safe if `T` is.
  <T> T shared(Supplier<T> first);
}
