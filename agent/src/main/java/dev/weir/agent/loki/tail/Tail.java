package dev.weir.agent.loki.tail;

import dev.weir.agent.loki.Backlog;

/// One file being read: the handle that [TailEngine#open] returns.
///
/// Thread-safe.
public interface Tail {
  /// How to end.
  enum Ending {
    /// Read what is there to its end, also an unfinished last line, and wait for confirmation.
    DRAIN,
    /// Read no more. What was read and is not confirmed is read again when the file is opened next.
    NOW
  }

  /// The key of its position.
  String key();

  /// Uses another format, such as one with new labels, for what is read from now on. What was only
  /// held is read from now on.
  void format(LineFormat format);

  /// Ends the tail and returns at once; [TailListener#ended] tells when it is done. Its position
  /// stays until [TailEngine#forget]. A second call may hurry it.
  void close(Ending ending);

  /// What it has done so far.
  TailStats stats();

  /// How far it is behind, as of the last few seconds.
  Backlog backlog();
}
