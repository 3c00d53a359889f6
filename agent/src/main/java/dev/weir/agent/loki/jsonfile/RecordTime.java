package dev.weir.agent.loki.jsonfile;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;

/// Parses the RFC 3339 times of container logs, with up to nanoseconds, `2026-11-22T13:00:01.5Z`,
/// from bytes.
///
/// Remembers the last minute, since neighbours in a log share it. Not thread-safe.
public final class RecordTime {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long SECOND = 1_000_000_000L;
  private static final int MINUTE_LENGTH = 16;

  /// Nanoseconds in the last digit of a fraction of that many digits.
  private static final int[] UNITS = {
    1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1
  };

  private final byte[] known = "1970-01-01T00:00".getBytes(StandardCharsets.US_ASCII);
  private long knownMinute;
  private long nanoseconds;
  private boolean knownDay = true;
  private boolean strict;

  /// The time that was parsed last, nanoseconds since 1970.
  public long nanoseconds() {
    return nanoseconds;
  }

  /// Whether the time that was parsed last is in UTC and exists: no 31st of February, no 61st
  /// second.
  boolean isStrict() {
    return strict;
  }

  /// Parses a time.
  ///
  /// @param bytes with at least 40 readable ones from `at`
  /// @return where it ends, or -1 when there is none
  public int parse(byte[] bytes, int at) {
    if (!Arrays.equals(bytes, at, at + MINUTE_LENGTH, known, 0, MINUTE_LENGTH)
        && !minute(bytes, at)) {
      return -1;
    }
    int p = at + MINUTE_LENGTH;
    int seconds = two(bytes, p + 1);
    if (bytes[p] != ':' || seconds < 0 || seconds > 60) {
      return -1;
    }
    nanoseconds = knownMinute + seconds * SECOND;
    strict = knownDay && seconds < 60;
    p += 3;
    if (bytes[p] == '.') {
      p = fraction(bytes, p + 1);
    }
    return p < 0 ? -1 : zone(bytes, p);
  }

  private int fraction(byte[] bytes, int at) {
    int p = at;
    int value = 0;
    long eight = (long) LONGS.get(bytes, at);
    if (areDigits(eight)) {
      value = number(eight);
      p = at + 8;
    }
    while (isDigit(bytes[p]) && p - at < 9) {
      value = 10 * value + (bytes[p] - '0');
      p++;
    }
    nanoseconds += (long) value * UNITS[p - at];
    return p == at || isDigit(bytes[p]) ? -1 : p;
  }

  private static boolean areDigits(long eight) {
    return ((eight & 0xF0F0F0F0F0F0F0F0L)
            | (((eight + 0x0606060606060606L) & 0xF0F0F0F0F0F0F0F0L) >>> 4))
        == 0x3333333333333333L;
  }

  /// The number that eight digits make, by adding neighbours: pairs, fours, all.
  private static int number(long eight) {
    long digits = eight & 0x0F0F0F0F0F0F0F0FL;
    long pairs = (digits * 10 + (digits >>> 8)) & 0x00FF00FF00FF00FFL;
    long fours = (pairs * 100 + (pairs >>> 16)) & 0x0000FFFF0000FFFFL;
    return (int) (fours * 10_000 + (fours >>> 32));
  }

  private int zone(byte[] bytes, int at) {
    byte sign = bytes[at];
    if (sign == 'Z') {
      return at + 1;
    }
    strict = false;
    int hours = two(bytes, at + 1);
    int minutes = two(bytes, at + 4);
    if ((sign != '+' && sign != '-') || hours < 0 || minutes < 0 || bytes[at + 3] != ':') {
      return -1;
    }
    long offset = (hours * 60L + minutes) * 60 * SECOND;
    nanoseconds += sign == '-' ? offset : -offset;
    return at + 6;
  }

  private boolean minute(byte[] b, int at) {
    int century = two(b, at);
    int year = two(b, at + 2);
    int month = two(b, at + 5);
    int day = two(b, at + 8);
    int hour = two(b, at + 11);
    int minute = two(b, at + 14);
    boolean shaped = b[at + 4] == '-' && b[at + 7] == '-' && b[at + 10] == 'T' && b[at + 13] == ':';
    boolean inRange =
        century >= 0 && year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
    if (!shaped || !inRange || hour < 0 || hour > 23 || minute < 0 || minute > 59) {
      return false;
    }
    // Days beyond the month's end run into the next month, rather than failing.
    LocalDate first = LocalDate.of(century * 100 + year, month, 1);
    long days = first.toEpochDay() + day - 1;
    if (days < 0 || days > Long.MAX_VALUE / SECOND / 86_400 - 1) {
      return false;
    }
    knownMinute = ((days * 24 + hour) * 60 + minute) * 60 * SECOND;
    knownDay = day <= first.lengthOfMonth();
    System.arraycopy(b, at, known, 0, MINUTE_LENGTH);
    return true;
  }

  private static int two(byte[] bytes, int at) {
    int tens = bytes[at] - '0';
    int ones = bytes[at + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : 10 * tens + ones;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
