package dev.weir.agent.testkit;

import dev.weir.agent.component.Component;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Runs a component on a thread, until closed; a failure of it is thrown then.
public final class RunningComponent implements AutoCloseable {
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final Thread thread;

  public RunningComponent(Component<?> component) {
    thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                component.run();
              } catch (InterruptedException e) {
                // That is how it ends.
              } catch (RuntimeException | Error e) {
                failure.set(e);
              }
            });
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the component was stopping", e);
    }
    Throwable thrown = failure.get();
    if (thrown != null) {
      throw new AssertionError("the component failed", thrown);
    }
  }
}
