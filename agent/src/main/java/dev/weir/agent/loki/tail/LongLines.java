package dev.weir.agent.loki.tail;

/// What becomes of a line that is longer than the limit. Each is counted.
public enum LongLines {
  /// It becomes several entries with the time of the first.
  SPLIT,
  /// Its end is left out.
  TRUNCATE,
  /// It is left out.
  DROP
}
