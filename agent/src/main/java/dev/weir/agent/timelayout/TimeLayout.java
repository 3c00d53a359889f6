package dev.weir.agent.timelayout;

import java.time.ZoneId;
import java.util.List;

/// A layout in Go's way: how the reference time `Mon Jan 2 15:04:05 MST 2006` would be written.
///
/// Thread-safe.
public final class TimeLayout {
  private final String text;
  private final List<Chunk> chunks;

  public TimeLayout(String text) {
    this.text = text;
    this.chunks = Chunk.of(text);
  }

  /// The layout as written.
  public String text() {
    return text;
  }

  /// Reads a time.
  ///
  /// @param location taken for a time that names no zone
  /// @throws TimeParseException with Go's message
  public GoTime parse(String value, ZoneId location) throws TimeParseException {
    return new TimeReader(text, chunks, value).read().resolve(location);
  }

  /// Writes a time.
  public String format(GoTime time) {
    return TimeWriter.write(chunks, time);
  }
}
