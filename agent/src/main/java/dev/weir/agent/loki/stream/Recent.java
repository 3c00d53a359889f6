package dev.weir.agent.loki.stream;

import dev.weir.agent.loki.positions.ContentHash;
import dev.weir.agent.loki.positions.StreamPosition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The last lines of a log stream, by which a place in it is found again.
///
/// An Engine can only be asked for lines from a moment on. Moments are no places: several lines may
/// share one, and lines of standard output and standard error may be written in another order than
/// their times. So a place is kept as its last lines; a reader asks for everything from the
/// earliest of their times and leaves out what it recognises.
///
/// Not thread-safe.
public final class Recent {
  /// Far more than the lines that can be out of order: one per stream and thread of the Engine.
  public static final int LINES = 16;

  private final long[] timestamps = new long[LINES];
  private final long[] hashes = new long[LINES];
  private int next;
  private int size;

  /// Forgets all lines but those of a place.
  public void reset(@Nullable StreamPosition position) {
    next = 0;
    size = 0;
    if (position != null) {
      position.lines().forEach(hash -> add(position.timestamp(), hash));
    }
  }

  /// Adds a line.
  public void add(long timestamp, long hash) {
    timestamps[next] = timestamp;
    hashes[next] = hash;
    next = (next + 1) % LINES;
    size = Math.min(size + 1, LINES);
  }

  /// The place behind the line added last.
  public StreamPosition position() {
    long since = Long.MAX_VALUE;
    for (int i = 0; i < size; i++) {
      since = Math.min(since, timestamps[i]);
    }
    List<Long> lines = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      lines.add(hashes[(next - size + i + LINES) % LINES]);
    }
    return new StreamPosition(since, lines);
  }

  /// What a line is recognised by: its time, its stream and its text.
  public static long hash(long timestamp, boolean stderr, byte[] bytes, int from, int length) {
    long time = ((timestamp << 1) | (stderr ? 1 : 0)) * 0x9E3779B97F4A7C15L;
    return ContentHash.of(bytes, from, length) ^ (time ^ (time >>> 32));
  }
}
