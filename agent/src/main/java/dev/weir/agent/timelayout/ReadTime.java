package dev.weir.agent.timelayout;

import java.time.Instant;
import java.time.ZoneId;
import java.util.OptionalInt;

/// The fields of a time as they were read.
final class ReadTime {
  private static final int NO_OFFSET = Integer.MIN_VALUE;

  final String layout;
  final String value;
  int year;
  int month = -1;
  int day = -1;
  int yearDay = -1;
  int hour;
  int minute;
  int second;
  int nanos;
  boolean am;
  boolean pm;
  boolean utc;
  int offset = NO_OFFSET;
  String zoneName = "";

  ReadTime(String layout, String value) {
    this.layout = layout;
    this.value = value;
  }

  GoTime resolve(ZoneId location) throws TimeParseException {
    resolveHour();
    resolveDate();
    long local = Civil.days(year, month, day) * 86_400 + hour * 3600L + minute * 60L + second;
    if (utc) {
      return new GoTime(local, nanos, 0, "UTC");
    }
    if (offset != NO_OFFSET) {
      return new GoTime(local - offset, nanos, offset, "");
    }
    return zoneName.isEmpty() ? in(location, local) : named(location, local);
  }

  private void resolveHour() {
    if (pm && hour < 12) {
      hour += 12;
    } else if (am && hour == 12) {
      hour = 0;
    }
  }

  private void resolveDate() throws TimeParseException {
    if (yearDay >= 0) {
      resolveYearDay();
    }
    month = Math.max(month, 1);
    day = day < 0 ? 1 : day;
    if (day < 1 || day > Civil.daysIn(year, month)) {
      throw outOfRange("day");
    }
  }

  private void resolveYearDay() throws TimeParseException {
    if (yearDay < 1 || yearDay > (Civil.isLeap(year) ? 366 : 365)) {
      throw outOfRange("day-of-year");
    }
    int dayOfMonth = yearDay;
    int monthOfYear = 1;
    while (dayOfMonth > Civil.daysIn(year, monthOfYear)) {
      dayOfMonth -= Civil.daysIn(year, monthOfYear++);
    }
    if ((month >= 0 && month != monthOfYear) || (day >= 0 && day != dayOfMonth)) {
      throw outOfRange("day-of-year does not match date,");
    }
    month = monthOfYear;
    day = dayOfMonth;
  }

  private GoTime in(ZoneId location, long local) {
    // As Go does where a change of clocks makes the time ambiguous: try the offset of the same
    // instant in UTC.
    int guess = location.getRules().getOffset(Instant.ofEpochSecond(local)).getTotalSeconds();
    Instant first = Instant.ofEpochSecond(local - guess);
    int seconds = location.getRules().getOffset(first).getTotalSeconds();
    Instant time = Instant.ofEpochSecond(local - seconds);
    return new GoTime(local - seconds, nanos, seconds, ZoneNames.name(location, time));
  }

  private GoTime named(ZoneId location, long local) {
    OptionalInt known = ZoneNames.offset(location, zoneName);
    if (known.isPresent()) {
      Instant time = Instant.ofEpochSecond(local - known.getAsInt());
      int seconds = location.getRules().getOffset(time).getTotalSeconds();
      return new GoTime(time.getEpochSecond(), nanos, seconds, ZoneNames.name(location, time));
    }
    int seconds = 0;
    if (zoneName.length() > 3 && zoneName.startsWith("GMT")) {
      seconds = Integer.parseInt(zoneName.substring(3)) * 3600;
    }
    return new GoTime(local - seconds, nanos, seconds, zoneName);
  }

  TimeParseException outOfRange(String field) {
    return new TimeParseException("parsing time \"" + value + "\": " + field + " out of range");
  }
}
