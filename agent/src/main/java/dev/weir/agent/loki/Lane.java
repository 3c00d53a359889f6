package dev.weir.agent.loki;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// One sequence of batches, accepted one after the other: a source makes one per reading thread.
///
/// Receivers keep state by lane, so that stages need no locks. Order within a stream is kept
/// because a source feeds one stream through one lane. Closing it tells them to let go of that
/// state.
public final class Lane implements AutoCloseable {
  private final String name;
  private final List<Runnable> closeActions = new CopyOnWriteArrayList<>();

  public Lane(String name) {
    this.name = name;
  }

  /// Runs `action` once when the lane closes.
  public void onClose(Runnable action) {
    closeActions.add(action);
  }

  @Override
  public void close() {
    closeActions.forEach(Runnable::run);
    closeActions.clear();
  }

  @Override
  public String toString() {
    return name;
  }
}
