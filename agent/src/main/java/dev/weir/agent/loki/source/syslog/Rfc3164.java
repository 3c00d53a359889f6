package dev.weir.agent.loki.source.syslog;

import dev.weir.agent.timelayout.Rfc3339;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/// The older format that RFC 3164 describes: `<34>Oct 11 22:14:15 host app[12]: text`. The year,
/// which it lacks, is the one that puts the time nearest to now.
final class Rfc3164 implements SyslogFormat {
  private static final int MOST_PRIORITY = 191;
  private static final int TIME_LENGTH = "Jan _2 15:04:05".length();
  private static final int TAG_LENGTH = 64;
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  private final InstantSource clock;

  Rfc3164(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public boolean parse(byte[] buffer, int from, int end, Message message) {
    int at = SyslogFormat.priority(buffer, from, end, message);
    if (at < 0 || message.priority > MOST_PRIORITY) {
      return false;
    }
    at = timestamp(buffer, at, end, message);
    if (at < 0) {
      return false;
    }
    int hostEnd = wordEnd(buffer, at, end);
    if (hostEnd == at || hostEnd == end) {
      return false;
    }
    message.hostname.set(at, hostEnd);
    tag(buffer, hostEnd + 1, end, message);
    return true;
  }

  /// Behind the time and the blank after it, or -1.
  private int timestamp(byte[] buffer, int from, int end, Message message) {
    if (end - from > TIME_LENGTH && buffer[from + TIME_LENGTH] == ' ') {
      message.timestamp = time(buffer, from);
      if (message.timestamp != Message.NO_TIME) {
        return from + TIME_LENGTH + 1;
      }
    }
    int wordEnd = wordEnd(buffer, from, end);
    message.timestamp = Rfc3339.parse(buffer, from, wordEnd - from);
    return message.timestamp == Rfc3339.NONE || wordEnd == end ? -1 : wordEnd + 1;
  }

  private long time(byte[] buffer, int from) {
    int month = month(buffer, from);
    int day = number(buffer, from + 4);
    int hour = number(buffer, from + 7);
    int minute = number(buffer, from + 10);
    int second = number(buffer, from + 13);
    boolean formed =
        buffer[from + 3] == ' '
            && buffer[from + 6] == ' '
            && buffer[from + 9] == ':'
            && buffer[from + 12] == ':';
    if (!formed || month < 1 || (day | hour | minute | second) < 0) {
      return Message.NO_TIME;
    }
    Instant now = clock.instant();
    int year = now.atOffset(ZoneOffset.UTC).getYear();
    long nearest = Message.NO_TIME;
    for (int candidate = year - 1; candidate <= year + 1; candidate++) {
      long seconds = seconds(candidate, month, day, hour, minute, second);
      long distance = Math.abs(seconds - now.getEpochSecond());
      if (seconds != Message.NO_TIME
          && (nearest == Message.NO_TIME || distance < Math.abs(nearest - now.getEpochSecond()))) {
        nearest = seconds;
      }
    }
    return nearest == Message.NO_TIME ? nearest : nearest * 1_000_000_000L;
  }

  private static long seconds(int year, int month, int day, int hour, int minute, int second) {
    try {
      return LocalDateTime.of(year, month, day, hour, minute, second).toEpochSecond(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      // No such day in that year.
      return Message.NO_TIME;
    }
  }

  private static int month(byte[] buffer, int from) {
    for (int month = 0; month < 12; month++) {
      if (MONTHS.charAt(3 * month) == buffer[from]
          && MONTHS.charAt(3 * month + 1) == buffer[from + 1]
          && MONTHS.charAt(3 * month + 2) == buffer[from + 2]) {
        return month + 1;
      }
    }
    return 0;
  }

  /// Two digits, of which the first may be a blank; -1 for anything else.
  private static int number(byte[] buffer, int at) {
    int tens = buffer[at] == ' ' ? 0 : buffer[at] - '0';
    int ones = buffer[at + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : 10 * tens + ones;
  }

  private static int wordEnd(byte[] buffer, int from, int end) {
    int at = from;
    while (at < end && buffer[at] != ' ') {
      at++;
    }
    return at;
  }

  /// `app[12]: text` or `app: text`; all of it is text when there is no such tag.
  private static void tag(byte[] buffer, int from, int end, Message message) {
    int at = from;
    while (at < end && at - from <= TAG_LENGTH && isTag(buffer[at])) {
      at++;
    }
    int nameEnd = at;
    int idEnd = -1;
    if (at > from && at < end && buffer[at] == '[') {
      idEnd = at + 1;
      while (idEnd < end && buffer[idEnd] != ']') {
        idEnd++;
      }
      at = idEnd + 1;
    }
    if (nameEnd == from || at >= end || buffer[at] != ':') {
      message.text.set(from, end);
      return;
    }
    message.appName.set(from, nameEnd);
    if (idEnd >= 0) {
      message.procId.set(nameEnd + 1, idEnd);
    }
    at++;
    message.text.set(at < end && buffer[at] == ' ' ? at + 1 : at, end);
  }

  private static boolean isTag(byte c) {
    return c > ' ' && c < 0x7f && c != '[' && c != ':';
  }
}
