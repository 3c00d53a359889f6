package dev.weir.agent.component;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a component tells of its part in moving entries, for whoever watches over many pipelines.
/// Counts of entries are not in it: they are the component's meters.
public sealed interface Report {
  /// Of a component that reads.
  ///
  /// @param pods how many it reads from now
  /// @param containers how many of their containers
  /// @param lagBytes read or there to be read, and not yet confirmed
  /// @param oldestUnsentSeconds how old the oldest of that is, 0 when there is none or nobody knows
  /// @param lostBytes in total: gone before they were read, by rotation or deletion
  record Source(int pods, int containers, long lagBytes, double oldestUnsentSeconds, long lostBytes)
      implements Report {}

  /// Of a component that delivers.
  ///
  /// @param lastSuccess when the destination last took something; null before that
  /// @param lastError what it said when it last did not; null while it never did so
  /// @param waitingBytes held for it
  /// @param oldestUnsentSeconds how long the oldest of that has waited, 0 when there is none
  record Output(
      @Nullable Instant lastSuccess,
      @Nullable Failure lastError,
      long waitingBytes,
      double oldestUnsentSeconds)
      implements Report {}

  /// An attempt that failed.
  ///
  /// @param code of HTTP, 0 without an answer
  /// @param message one line, as it came; whoever shows it cleans it of secrets
  record Failure(int code, String message, Instant time) {}
}
