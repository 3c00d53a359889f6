package dev.weir.agent.loki.wal;

import java.nio.file.Path;

/// A file of the log.
///
/// Not thread-safe: the log's lock guards it.
final class Segment {
  private final Path file;
  private final Place start;
  private Place end;
  private final long firstWrite;
  private long lastWrite;

  /// @param end how far it is on disk
  /// @param written when, by `System.nanoTime`
  Segment(Path file, Place start, Place end, long written) {
    this.file = file;
    this.start = start;
    this.end = end;
    this.firstWrite = written;
    this.lastWrite = written;
  }

  Path file() {
    return file;
  }

  long number() {
    return start.segment();
  }

  Place start() {
    return start;
  }

  /// How far it is on disk.
  Place end() {
    return end;
  }

  long bytes() {
    return end.offset();
  }

  /// A record was written to it and is on disk.
  void grown(int bytes, int entries, int text, long now) {
    end = new Place(number(), end.offset() + bytes, end.sequence() + entries, end.text() + text);
    lastWrite = now;
  }

  /// How long ago its first record was written.
  long ageOfFirst(long now) {
    return now - firstWrite;
  }

  /// How long ago its last record was written.
  long ageOfLast(long now) {
    return now - lastWrite;
  }
}
