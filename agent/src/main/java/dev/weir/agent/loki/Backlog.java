package dev.weir.agent.loki;

import java.time.Duration;

/// How far confirmations are behind what could be confirmed: whole lines on disk. An unfinished
/// last line is not in it, as it cannot be sent yet.
///
/// @param bytes that are read and not confirmed, or not read
/// @param age for how long the oldest of them have waited, as far as they have been looked at
/// @param stalled for how long there have been any and nothing was confirmed
public record Backlog(long bytes, Duration age, Duration stalled) {
  /// Nothing waits.
  public static final Backlog NONE = new Backlog(0, Duration.ZERO, Duration.ZERO);
}
