package dev.weir.agent.loki.tail;

import dev.weir.agent.loki.jsonfile.RecordTime;
import java.util.Arrays;

/// Parses the records of CRI runtimes, `2026-11-22T13:00:01.5Z stdout F text`, one at a time.
///
/// Not thread-safe.
final class CriRecord {
  /// The shortest: `2026-11-22T13:00:01Z stdout F`.
  private static final int SHORTEST = 29;

  private static final byte[] STDOUT = {' ', 's', 't', 'd', 'o', 'u', 't', ' '};
  private static final byte[] STDERR = {' ', 's', 't', 'd', 'e', 'r', 'r', ' '};

  private final RecordTime time = new RecordTime();
  private boolean stderr;
  private boolean partial;
  private int textStart;

  /// Nanoseconds since 1970.
  long timestamp() {
    return time.nanoseconds();
  }

  boolean stderr() {
    return stderr;
  }

  /// Whether the runtime cut the line here.
  boolean partial() {
    return partial;
  }

  /// Where the text starts, which reaches to the record's end.
  int textStart() {
    return textStart;
  }

  /// Parses a record.
  ///
  /// @param bytes with 64 readable ones behind `to`
  /// @param to behind its last byte, without its newline
  /// @return false when it is none
  boolean parse(byte[] bytes, int from, int to) {
    if (to - from < SHORTEST) {
      return false;
    }
    int p = time.parse(bytes, from);
    if (p < 0) {
      return false;
    }
    stderr = bytes[p + STDOUT.length - 2] == 'r';
    byte[] stream = stderr ? STDERR : STDOUT;
    int tags = p + stream.length;
    return Arrays.equals(bytes, p, tags, stream, 0, stream.length) && tags(bytes, tags, to);
  }

  /// `P` or `F`, perhaps with more behind a colon.
  private boolean tags(byte[] bytes, int from, int to) {
    if (from >= to || (bytes[from] != 'P' && bytes[from] != 'F')) {
      return false;
    }
    partial = bytes[from] == 'P';
    int p = from + 1;
    if (p < to && bytes[p] == ':') {
      while (p < to && bytes[p] != ' ') {
        p++;
      }
    }
    textStart = Math.min(p + 1, to);
    return p >= to || bytes[p] == ' ';
  }
}
