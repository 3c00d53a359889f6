package dev.weir.agent.loki.tail;

import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.positions.Positions;
import java.time.InstantSource;
import org.slf4j.Logger;

/// Reads files on a few threads and keeps their positions.
///
/// Thread-safe.
@SuppressWarnings("DoNotCallSuggester")
public final class TailEngine {
  /// @param receiver of every batch; called by as many threads as there are readers
  /// @param positions which the engine fills and saves, but does not close
  public TailEngine(
      TailSettings settings,
      Positions positions,
      Receiver receiver,
      InstantSource clock,
      Logger log) {
    throw new UnsupportedOperationException(
        settings.name() + positions.keys() + receiver + clock + log);
  }

  /// Reads until interrupted, then stops reading, waits for confirmations as long as the settings
  /// allow, and saves the positions. Saves them every second meanwhile, also those that others have
  /// put. Called once; every thread that it started has ended when it returns.
  public void run() throws InterruptedException {
    throw new UnsupportedOperationException();
  }

  /// Gives batches to another receiver from now on.
  public void receiver(Receiver receiver) {
    throw new UnsupportedOperationException(receiver.toString());
  }

  /// Begins with a file. It is opened before this returns if it exists, so that its content is kept
  /// even if it is deleted right after. Works before [#run] too.
  ///
  /// @throws IllegalStateException when a tail of that key is open
  public Tail open(TailTarget target) {
    throw new UnsupportedOperationException(target.key());
  }

  /// Removes the position of a key with no open tail.
  public void forget(String key) {
    throw new UnsupportedOperationException(key);
  }
}
