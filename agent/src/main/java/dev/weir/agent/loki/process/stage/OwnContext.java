package dev.weir.agent.loki.process.stage;

import dev.weir.agent.metrics.ComponentMetrics;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// One stage's context: the pipeline's, with a shared state of its own.
///
/// Thread-safe.
final class OwnContext implements StageContext {
  private final StageContext pipeline;
  private @Nullable Object shared;

  OwnContext(StageContext pipeline) {
    this.pipeline = pipeline;
  }

  @Override
  public Logger log() {
    return pipeline.log();
  }

  @Override
  public InstantSource clock() {
    return pipeline.clock();
  }

  @Override
  public long nanoTime() {
    return pipeline.nanoTime();
  }

  @Override
  public void pause(long nanos) throws InterruptedException {
    pipeline.pause(nanos);
  }

  @Override
  public ComponentMetrics metrics() {
    return pipeline.metrics();
  }

  @Override
  public void dropped(String reason, int entries) {
    pipeline.dropped(reason, entries);
  }

  /// Ends the shared state, if that needs it.
  synchronized void close() {
    if (shared instanceof SharedState state) {
      state.close();
    }
  }

  @Override
  @SuppressWarnings("unchecked") // Only the stage itself puts something in, always of one type.
  public synchronized <T> T shared(Supplier<T> first) {
    Object known = shared;
    if (known == null) {
      known = first.get();
      shared = known;
    }
    return (T) known;
  }
}
