package dev.weir.agent.loki.tail;

import java.time.Duration;

/// How a [TailEngine] works.
///
/// @param name of its threads and lanes
/// @param readers threads that read
/// @param bufferSize bytes read at a time, and the most one file gets before the next has its turn
/// @param longestLine bytes of text; what is longer is cut
/// @param shortestPoll wait between looks at a file that has just had new lines
/// @param longestPoll wait between looks at a file that is silent
/// @param drainTimeout how long stopping waits for confirmations
public record TailSettings(
    String name,
    int readers,
    int bufferSize,
    int longestLine,
    Duration shortestPoll,
    Duration longestPoll,
    Duration drainTimeout) {
  private static final int SMALL_BUFFER = 64 << 10;

  /// What suits a node with container logs.
  public static TailSettings of(String name, Duration drainTimeout) {
    return new TailSettings(
        name, 1, 256 << 10, 1 << 20, Duration.ofMillis(25), Duration.ofSeconds(1), drainTimeout);
  }

  /// The same with a small buffer: where very many read beside one another.
  public TailSettings small() {
    return new TailSettings(
        name, readers, SMALL_BUFFER, longestLine, shortestPoll, longestPoll, drainTimeout);
  }

  /// The same with other bounds of polling.
  public TailSettings polling(Duration shortest, Duration longest) {
    return new TailSettings(
        name, readers, bufferSize, longestLine, shortest, longest, drainTimeout);
  }
}
