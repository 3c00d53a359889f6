package dev.weir.agent.loki;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// One sequence of batches, accepted one after the other: a source makes one per reading thread.
///
/// Receivers keep state by lane, so that stages need no locks. Order within a stream is kept
/// because a source feeds one stream through one lane. Closing it tells them to let go of that
/// state. Thread-safe.
public final class Lane implements AutoCloseable {
  private final String name;
  private final List<Hook> hooks = new CopyOnWriteArrayList<>();

  /// Why a lane ends.
  public enum Ending {
    /// Nothing follows: what is held goes on its way as it is.
    COMPLETE,
    /// Its source stops in the middle and will read again, perhaps in another process, whatever was
    /// not delivered. What is not whole yet is better given up unsent.
    TO_BE_CONTINUED
  }

  /// What is to be done when a lane closes, until it is taken back.
  public final class Hook implements AutoCloseable {
    private final Consumer<Ending> action;

    private Hook(Consumer<Ending> action) {
      this.action = action;
    }

    /// Takes it back: whoever made it has ended before the lane.
    @Override
    public void close() {
      hooks.remove(this);
    }
  }

  public Lane(String name) {
    this.name = name;
  }

  /// Runs `action` once when the lane closes, unless the hook is closed before.
  public Hook onClose(Consumer<Ending> action) {
    var hook = new Hook(action);
    hooks.add(hook);
    return hook;
  }

  /// How many hooks it has.
  public int hooks() {
    return hooks.size();
  }

  /// Closes it when nothing follows.
  @Override
  public void close() {
    close(Ending.COMPLETE);
  }

  /// Closes it.
  public void close(Ending ending) {
    hooks.forEach(hook -> hook.action.accept(ending));
    hooks.clear();
  }

  @Override
  public String toString() {
    return name;
  }
}
