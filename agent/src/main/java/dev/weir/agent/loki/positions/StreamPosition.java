package dev.weir.agent.loki.positions;

import java.util.List;

/// How far a stream read through an API has been confirmed, where time is the only address.
///
/// Times do not tell lines apart, and lines of two streams may be out of their order. So the last
/// confirmed lines are listed; a reconnect asks for everything from the earliest of their times and
/// leaves them out.
///
/// @param timestamp from which to ask again, nanoseconds since 1970: no listed line is older
/// @param lines hashes of the last confirmed lines, one per line, repeats included
public record StreamPosition(long timestamp, List<Long> lines) implements Position {
  public StreamPosition {
    lines = List.copyOf(lines);
  }
}
