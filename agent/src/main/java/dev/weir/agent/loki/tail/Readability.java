package dev.weir.agent.loki.tail;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/// Tells a tail's listener whether its file can be read, once per change.
///
/// Belongs to the thread that opens the tail, then to the one that reads it.
final class Readability {
  private final TailTarget target;
  private @Nullable String problem = "";
  private boolean awaited;

  Readability(TailTarget target) {
    this.target = target;
  }

  /// It can be read.
  void reading() {
    if (problem != null) {
      problem = null;
      target.listener().reading();
    }
  }

  /// It cannot.
  void failing(IOException e) {
    boolean missing = e instanceof NoSuchFileException;
    awaited |= missing;
    String message =
        missing
            ? "file does not exist: " + target.path()
            : e.getClass().getSimpleName() + ": " + e.getMessage();
    if (!message.equals(problem)) {
      problem = message;
      target.listener().failing(message);
    }
  }

  /// Whether it was not there at some time, so that all that is in it is new.
  boolean wasAwaited() {
    return awaited;
  }
}
