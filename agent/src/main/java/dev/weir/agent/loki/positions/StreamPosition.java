package dev.weir.agent.loki.positions;

import java.util.List;

/// How far a stream read through an API has been confirmed, where time is the only address.
///
/// Lines of one nanosecond cannot be told apart by time, so the lines of the last one that are
/// confirmed are listed; a reconnect asks for that nanosecond again and leaves them out.
///
/// @param timestamp of the last confirmed line, nanoseconds since 1970
/// @param lines hashes of the confirmed lines of that nanosecond, one per line, repeats included
public record StreamPosition(long timestamp, List<Long> lines) implements Position {
  public StreamPosition {
    lines = List.copyOf(lines);
  }
}
