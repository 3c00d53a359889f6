package dev.weir.agent.loki.wal;

import dev.weir.agent.loki.Batch;

/// Where entries of the log go: an endpoint.
public interface Outlet {
  /// Why entries never got there.
  enum Loss {
    /// The log was full, and others are ahead.
    FULL,
    /// They became too old.
    EXPIRED,
    /// The disk did not give them back as they were written.
    DAMAGED,
    /// The endpoint was taken out of the configuration.
    REMOVED
  }

  /// Whose place in the log it has, also after a restart. Any text; it is not shown.
  String key();

  /// What metrics call it.
  String id();

  /// Takes a batch; waits while it is full, whatever its arguments say of sources that wait.
  void append(Batch batch) throws InterruptedException;

  /// Counts entries that it will not get.
  ///
  /// @param text bytes of text and structured metadata
  void lost(Loss why, long entries, long text);
}
