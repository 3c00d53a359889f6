package dev.weir.agent.timelayout;

/// Reads `2006-01-02T15:04:05.999999999Z07:00` from bytes without making objects: the form that
/// container engines write.
public final class Rfc3339 {
  /// What [#parse] gives for text that is not such a time.
  public static final long NONE = Long.MIN_VALUE;

  private static final int SHORTEST = "2006-01-02T15:04:05Z".length();

  private Rfc3339() {}

  /// Nanoseconds since 1970 UTC, or [#NONE].
  ///
  /// Any number of decimals of a second is taken, those beyond nanoseconds are cut off.
  public static long parse(byte[] text, int offset, int length) {
    if (length < SHORTEST
        || text[offset + 4] != '-'
        || text[offset + 7] != '-'
        || text[offset + 10] != 'T'
        || text[offset + 13] != ':'
        || text[offset + 16] != ':') {
      return NONE;
    }
    int century = two(text, offset);
    int yearOfCentury = two(text, offset + 2);
    int month = two(text, offset + 5);
    int day = two(text, offset + 8);
    int hour = two(text, offset + 11);
    int minute = two(text, offset + 14);
    int second = two(text, offset + 17);
    if ((century | yearOfCentury | month | day | hour | minute | second) < 0) {
      return NONE;
    }
    int year = century * 100 + yearOfCentury;
    if (month < 1
        || month > 12
        || day < 1
        || day > Civil.daysIn(year, month)
        || hour > 23
        || minute > 59
        || second > 59) {
      return NONE;
    }
    long seconds = Civil.days(year, month, day) * 86_400 + hour * 3600L + minute * 60L + second;
    return withFraction(text, offset + 19, offset + length, seconds);
  }

  private static long withFraction(byte[] text, int from, int end, long seconds) {
    int at = from;
    long nanos = 0;
    if (text[at] == '.' || text[at] == ',') {
      int first = ++at;
      long unit = Civil.NANOS_PER_SECOND / 10;
      while (at < end && isDigit(text[at])) {
        nanos += (text[at] - '0') * unit;
        unit /= 10;
        at++;
      }
      if (at == first) {
        return NONE;
      }
    }
    long zone = zone(text, at, end);
    return zone == NONE ? NONE : (seconds - zone) * Civil.NANOS_PER_SECOND + nanos;
  }

  /// Seconds east of UTC of what stands from `at` to the end.
  private static long zone(byte[] text, int at, int end) {
    if (end - at == 1 && text[at] == 'Z') {
      return 0;
    }
    if (end - at != 6 || (text[at] != '+' && text[at] != '-') || text[at + 3] != ':') {
      return NONE;
    }
    int hours = two(text, at + 1);
    int minutes = two(text, at + 4);
    if (hours < 0 || hours > 24 || minutes < 0 || minutes > 60) {
      return NONE;
    }
    long seconds = hours * 3600L + minutes * 60L;
    return text[at] == '-' ? -seconds : seconds;
  }

  private static int two(byte[] text, int at) {
    return isDigit(text[at]) && isDigit(text[at + 1])
        ? (text[at] - '0') * 10 + text[at + 1] - '0'
        : -1;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
