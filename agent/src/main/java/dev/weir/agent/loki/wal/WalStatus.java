package dev.weir.agent.loki.wal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a log is doing.
///
/// @param segments how many files
/// @param bytes on disk
/// @param trouble what is wrong with the disk, null when nothing is
public record WalStatus(int segments, long bytes, @Nullable String trouble, List<Reader> readers) {
  public WalStatus {
    readers = List.copyOf(readers);
  }

  /// How far an outlet is.
  ///
  /// @param segment where what is not delivered begins
  /// @param offset in that segment
  /// @param pendingEntries not delivered yet
  /// @param pendingBytes their text
  /// @param oldestSeconds how old the oldest of them is at most, 0 when there is none
  public record Reader(
      String id,
      long segment,
      long offset,
      long pendingEntries,
      long pendingBytes,
      double oldestSeconds) {}
}
