package dev.weir.agent.loki.wal;

/// A place in the log, between two entries.
///
/// @param segment its number
/// @param offset in the segment's file
/// @param sequence how many entries were ever written before it
/// @param text how many bytes of text and structured metadata these had
record Place(long segment, long offset, long sequence, long text) {
  static final Place START = new Place(0, 0, 0, 0);

  /// The place that comes later.
  Place later(Place other) {
    return other.sequence > sequence ? other : this;
  }
}
