package dev.weir.agent.loki.stream;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/// Parses the timestamps that the Engine puts before every line, `2026-11-22T13:05:52.571845070Z`.
///
/// Remembers the last second, since neighbours in a log share it. Not thread-safe.
public final class LogTime {
  /// Bytes of a timestamp in the only form that Engines write.
  public static final int LENGTH = 30;

  /// What [#parse] gives when there is no timestamp.
  public static final long NONE = Long.MIN_VALUE;

  private static final int SECOND_LENGTH = 19;
  private static final int LONGEST = 40;
  private static final long SECOND = 1_000_000_000L;

  private final byte[] knownText = new byte[SECOND_LENGTH];
  private long knownSecond;
  private int end;

  /// Where the timestamp parsed last ends: at the blank behind it.
  public int end() {
    return end;
  }

  /// Parses a timestamp that is followed by a blank.
  ///
  /// @return nanoseconds since 1970, or [#NONE]
  public long parse(byte[] bytes, int from, int to) {
    if (isUsual(bytes, from, to)) {
      end = from + LENGTH;
      return second(bytes, from) + fraction(bytes, from + SECOND_LENGTH + 1);
    }
    return unusual(bytes, from, to);
  }

  /// Whether there is a timestamp in the form that Engines write, and a blank.
  public static boolean isUsual(byte[] bytes, int from, int to) {
    if (to - from <= LENGTH
        || bytes[from + LENGTH] != ' '
        || bytes[from + LENGTH - 1] != 'Z'
        || bytes[from + SECOND_LENGTH] != '.') {
      return false;
    }
    for (int i = 0; i < LENGTH - 1; i++) {
      byte expected =
          switch (i) {
            case 4, 7 -> '-';
            case 10 -> 'T';
            case 13, 16 -> ':';
            case SECOND_LENGTH -> '.';
            default -> 0;
          };
      byte found = bytes[from + i];
      if (expected == 0 ? found < '0' || found > '9' : found != expected) {
        return false;
      }
    }
    return true;
  }

  private long second(byte[] bytes, int from) {
    for (int i = SECOND_LENGTH - 1; i >= 0; i--) {
      if (bytes[from + i] != knownText[i]) {
        return newSecond(bytes, from);
      }
    }
    return knownSecond;
  }

  private long newSecond(byte[] bytes, int from) {
    String text = new String(bytes, from, SECOND_LENGTH, StandardCharsets.US_ASCII) + "Z";
    try {
      knownSecond = Instant.parse(text).getEpochSecond() * SECOND;
      System.arraycopy(bytes, from, knownText, 0, SECOND_LENGTH);
      return knownSecond;
    } catch (DateTimeParseException e) {
      // Digits that are no date, such as month 13: the first second there is stands for it.
      return 0;
    }
  }

  private static long fraction(byte[] bytes, int from) {
    long value = 0;
    for (int i = 0; i < 9; i++) {
      value = 10 * value + (bytes[from + i] - '0');
    }
    return value;
  }

  private long unusual(byte[] bytes, int from, int to) {
    int blank = from;
    while (blank < to && blank - from < LONGEST && bytes[blank] != ' ') {
      blank++;
    }
    if (blank == to || bytes[blank] != ' ') {
      return NONE;
    }
    try {
      Instant instant =
          Instant.parse(new String(bytes, from, blank - from, StandardCharsets.ISO_8859_1));
      end = blank;
      return instant.getEpochSecond() * SECOND + instant.getNano();
    } catch (DateTimeParseException e) {
      return NONE;
    }
  }
}
