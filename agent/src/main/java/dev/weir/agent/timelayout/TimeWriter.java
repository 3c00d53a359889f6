package dev.weir.agent.timelayout;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/// Writes times by a layout.
final class TimeWriter {
  private final StringBuilder out = new StringBuilder();
  private final LocalDateTime local;
  private final GoTime time;

  private TimeWriter(GoTime time) {
    this.time = time;
    this.local =
        LocalDateTime.ofEpochSecond(time.seconds() + time.offset(), time.nanos(), ZoneOffset.UTC);
  }

  static String write(List<Chunk> chunks, GoTime time) {
    var writer = new TimeWriter(time);
    for (Chunk chunk : chunks) {
      writer.out.append(chunk.before());
      writer.field(chunk);
    }
    return writer.out.toString();
  }

  private void field(Chunk chunk) {
    int hour12 = local.getHour() % 12 == 0 ? 12 : local.getHour() % 12;
    boolean morning = local.getHour() < 12;
    switch (chunk.field()) {
      case NONE -> {}
      case LONG_YEAR -> number(local.getYear(), 4, '0');
      case YEAR -> number(Math.floorMod(local.getYear(), 100), 2, '0');
      case LONG_MONTH -> out.append(month());
      case MONTH -> out.append(TimeReader.shortName(month()));
      case NUM_MONTH -> out.append(local.getMonthValue());
      case ZERO_MONTH -> number(local.getMonthValue(), 2, '0');
      case LONG_WEEKDAY -> out.append(weekday());
      case WEEKDAY -> out.append(TimeReader.shortName(weekday()));
      case DAY -> out.append(local.getDayOfMonth());
      case UNDER_DAY -> number(local.getDayOfMonth(), 2, ' ');
      case ZERO_DAY -> number(local.getDayOfMonth(), 2, '0');
      case UNDER_YEAR_DAY -> number(local.getDayOfYear(), 3, ' ');
      case ZERO_YEAR_DAY -> number(local.getDayOfYear(), 3, '0');
      case HOUR -> number(local.getHour(), 2, '0');
      case HOUR12 -> out.append(hour12);
      case ZERO_HOUR12 -> number(hour12, 2, '0');
      case MINUTE -> out.append(local.getMinute());
      case ZERO_MINUTE -> number(local.getMinute(), 2, '0');
      case SECOND -> out.append(local.getSecond());
      case ZERO_SECOND -> number(local.getSecond(), 2, '0');
      case UPPER_PM -> out.append(morning ? "AM" : "PM");
      case LOWER_PM -> out.append(morning ? "am" : "pm");
      case ZONE_NAME -> zoneName();
      case FRACTION_ZEROS, FRACTION_NINES -> fraction(chunk);
      default -> zone(LayoutText.zone(chunk.field()));
    }
  }

  private String month() {
    return TimeReader.MONTHS.get(local.getMonthValue() - 1);
  }

  private String weekday() {
    return TimeReader.WEEKDAYS.get(local.getDayOfWeek().getValue() % 7);
  }

  private void number(int number, int width, char pad) {
    String digits = Integer.toString(number);
    out.repeat(pad, Math.max(0, width - digits.length())).append(digits);
  }

  private void fraction(Chunk chunk) {
    String digits = Integer.toString((int) Civil.NANOS_PER_SECOND + time.nanos()).substring(1);
    digits = chunk.digits() > 9 ? digits : digits.substring(0, chunk.digits());
    if (chunk.field() == Chunk.Field.FRACTION_NINES) {
      digits = digits.replaceAll("0+$", "");
      if (digits.isEmpty()) {
        return;
      }
    }
    out.append(chunk.comma() ? ',' : '.').append(digits);
  }

  private void zoneName() {
    if (!time.zone().isEmpty()) {
      out.append(time.zone());
    } else {
      zone(time.offset() % 3600 == 0 ? "-07" : "-0700");
    }
  }

  private void zone(String pattern) {
    if (pattern.startsWith("Z") && time.offset() == 0) {
      out.append('Z');
      return;
    }
    int left = Math.abs(time.offset());
    out.append(time.offset() < 0 ? '-' : '+');
    int unit = 3600;
    for (int i = 1; i < pattern.length(); i += 2) {
      if (pattern.charAt(i) == ':') {
        out.append(':');
        i++;
      }
      number(left / unit, 2, '0');
      left %= unit;
      unit /= 60;
    }
  }
}
