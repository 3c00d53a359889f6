package dev.weir.agent.loki.tail;

/// Learns what happens to a tail. Called by the thread that reads it, by the one that opens it, and
/// [#lost] by the engine's own too; none must be blocked.
public interface TailListener {
  /// Ignores everything.
  TailListener SILENT = new TailListener() {};

  /// The file cannot be read for now: it is missing, or not permitted. It is tried again; told once
  /// per change.
  ///
  /// @param message for people
  default void failing(String message) {}

  /// It can be read, for the first time or again.
  default void reading() {}

  /// Bytes were deleted or overwritten before they were read.
  ///
  /// @param bytes how many; 0 when that cannot be known
  /// @param message for people: what happened
  default void lost(long bytes, String message) {}

  /// The tail has ended after [Tail#close]: its files are closed and its position is final.
  ///
  /// @param confirmed whether everything that it had read was confirmed
  default void ended(boolean confirmed) {}
}
