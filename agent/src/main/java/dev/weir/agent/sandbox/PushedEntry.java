package dev.weir.agent.sandbox;

import dev.weir.agent.loki.Metadata;

/// An entry of a push; immutable.
final class PushedEntry {
  private final long timestamp;
  private final byte[] line;
  private final Metadata metadata;

  /// @param timestamp nanoseconds since 1970 UTC
  /// @param line UTF-8, owned by this entry from now on
  PushedEntry(long timestamp, byte[] line, Metadata metadata) {
    this.timestamp = timestamp;
    this.line = line;
    this.metadata = metadata;
  }

  long timestamp() {
    return timestamp;
  }

  byte[] line() {
    return line;
  }

  Metadata metadata() {
    return metadata;
  }
}
