package dev.weir.agent.timelayout;

import java.util.List;

/// Reads one text by a layout.
final class TimeReader {
  static final List<String> MONTHS =
      List.of(
          "January",
          "February",
          "March",
          "April",
          "May",
          "June",
          "July",
          "August",
          "September",
          "October",
          "November",
          "December");
  static final List<String> WEEKDAYS =
      List.of("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday");
  private static final int SHORT_NAME = 3;

  private final List<Chunk> chunks;
  private final ReadTime time;
  private String rest;

  TimeReader(String layout, List<Chunk> chunks, String value) {
    this.chunks = chunks;
    this.time = new ReadTime(layout, value);
    this.rest = value;
  }

  ReadTime read() throws TimeParseException {
    for (int i = 0; i < chunks.size(); i++) {
      Chunk chunk = chunks.get(i);
      skip(chunk.before());
      if (chunk.field() == Chunk.Field.NONE) {
        break;
      }
      String hold = rest;
      boolean read =
          switch (chunk.field()) {
            case SECOND, ZERO_SECOND -> readSecond(chunk, chunks.get(i + 1));
            default -> readField(chunk);
          };
      if (!read) {
        throw cannot(hold, chunk);
      }
    }
    if (!rest.isEmpty()) {
      throw new TimeParseException(
          "parsing time \"" + time.value + "\": extra text: \"" + rest + "\"");
    }
    return time;
  }

  private boolean readField(Chunk chunk) throws TimeParseException {
    return switch (chunk.field()) {
      case NONE, SECOND, ZERO_SECOND -> true;
      case YEAR -> readShortYear();
      case LONG_YEAR -> setYear(digits(4, 4));
      case MONTH -> setMonth(name(MONTHS, true) + 1);
      case LONG_MONTH -> setMonth(name(MONTHS, false) + 1);
      case NUM_MONTH -> setMonth(ranged("month", digits(1, 2), 1, 12));
      case ZERO_MONTH -> setMonth(ranged("month", digits(2, 2), 1, 12));
      case WEEKDAY -> name(WEEKDAYS, true) >= 0;
      case LONG_WEEKDAY -> name(WEEKDAYS, false) >= 0;
      case DAY -> setDay(digits(1, 2));
      case ZERO_DAY -> setDay(digits(2, 2));
      case UNDER_DAY -> {
        rest = rest.startsWith(" ") ? rest.substring(1) : rest;
        yield setDay(digits(1, 2));
      }
      case ZERO_YEAR_DAY -> setYearDay(digits(3, 3));
      case UNDER_YEAR_DAY -> {
        for (int i = 0; i < 2 && rest.startsWith(" "); i++) {
          rest = rest.substring(1);
        }
        yield setYearDay(digits(1, 3));
      }
      case HOUR -> setHour(ranged("hour", digits(1, 2), 0, 23));
      case HOUR12 -> setHour(ranged("hour", digits(1, 2), 0, 12));
      case ZERO_HOUR12 -> setHour(ranged("hour", digits(2, 2), 0, 12));
      case MINUTE -> setMinute(ranged("minute", digits(1, 2), 0, 59));
      case ZERO_MINUTE -> setMinute(ranged("minute", digits(2, 2), 0, 59));
      case UPPER_PM -> half("AM", "PM");
      case LOWER_PM -> half("am", "pm");
      case ZONE_NAME -> zoneName();
      case FRACTION_ZEROS -> fraction(chunk.digits());
      case FRACTION_NINES -> !startsFraction() || fraction(fractionDigits());
      default -> zone(chunk.field());
    };
  }

  /// Spaces in the layout stand for any number of spaces.
  private void skip(String prefix) throws TimeParseException {
    int at = 0;
    int used = 0;
    while (at < prefix.length()) {
      if (prefix.charAt(at) == ' ') {
        if (used < rest.length() && rest.charAt(used) != ' ') {
          throw cannotSkip(prefix, at, used);
        }
        at = pastSpaces(prefix, at);
        used = pastSpaces(rest, used);
      } else if (used >= rest.length() || rest.charAt(used) != prefix.charAt(at)) {
        throw cannotSkip(prefix, at, used);
      } else {
        at++;
        used++;
      }
    }
    rest = rest.substring(used);
  }

  private static int pastSpaces(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at;
  }

  private TimeParseException cannotSkip(String prefix, int at, int used) {
    return cannot(rest.substring(used), prefix.substring(at));
  }

  private TimeParseException cannot(String at, Chunk chunk) {
    return cannot(at, LayoutText.of(chunk));
  }

  private TimeParseException cannot(String at, String wanted) {
    return new TimeParseException(
        "parsing time \""
            + time.value
            + "\" as \""
            + time.layout
            + "\": cannot parse \""
            + at
            + "\" as \""
            + wanted
            + "\"");
  }

  /// The number, or -1 when there is none.
  private int ranged(String name, int number, int low, int high) throws TimeParseException {
    if (number >= 0 && (number < low || number > high)) {
      throw time.outOfRange(name);
    }
    return number;
  }

  private boolean setYear(int year) {
    time.year = year;
    return year >= 0;
  }

  private boolean setMonth(int month) {
    time.month = month;
    return month > 0;
  }

  private boolean setDay(int day) {
    time.day = day;
    return day >= 0;
  }

  private boolean setYearDay(int yearDay) {
    time.yearDay = yearDay;
    return yearDay >= 0;
  }

  private boolean setHour(int hour) {
    time.hour = hour;
    return hour >= 0;
  }

  private boolean setMinute(int minute) {
    time.minute = minute;
    return minute >= 0;
  }

  /// Reads a number of so many digits; -1 when there is none.
  private int digits(int least, int most) {
    int count = 0;
    int number = 0;
    while (count < most && isDigit(count)) {
      number = number * 10 + rest.charAt(count++) - '0';
    }
    if (count < least) {
      return -1;
    }
    rest = rest.substring(count);
    return number;
  }

  private boolean isDigit(int index) {
    return index < rest.length() && rest.charAt(index) >= '0' && rest.charAt(index) <= '9';
  }

  private boolean readShortYear() {
    int year = digits(2, 2);
    time.year = year >= 69 ? year + 1900 : year + 2000;
    return year >= 0;
  }

  /// Reads a name in any letter case; -1 when there is none.
  private int name(List<String> names, boolean shortened) {
    for (int i = 0; i < names.size(); i++) {
      String name = shortened ? names.get(i).substring(0, SHORT_NAME) : names.get(i);
      if (rest.regionMatches(true, 0, name, 0, name.length())) {
        rest = rest.substring(name.length());
        return i;
      }
    }
    return -1;
  }

  private boolean half(String am, String pm) {
    time.am = rest.startsWith(am);
    time.pm = rest.startsWith(pm);
    if (time.am || time.pm) {
      rest = rest.substring(2);
    }
    return time.am || time.pm;
  }

  /// Reads seconds, and a fraction behind them that the layout does not mention.
  private boolean readSecond(Chunk chunk, Chunk next) throws TimeParseException {
    boolean zero = chunk.field() == Chunk.Field.ZERO_SECOND;
    time.second = ranged("second", digits(zero ? 2 : 1, 2), 0, 59);
    if (time.second < 0) {
      return false;
    }
    boolean mentioned =
        next.field() == Chunk.Field.FRACTION_ZEROS || next.field() == Chunk.Field.FRACTION_NINES;
    return mentioned || !startsFraction() || fraction(fractionDigits());
  }

  private boolean startsFraction() {
    return rest.length() >= 2 && (rest.charAt(0) == '.' || rest.charAt(0) == ',') && isDigit(1);
  }

  private int fractionDigits() {
    int digits = 0;
    while (isDigit(digits + 1)) {
      digits++;
    }
    return digits;
  }

  /// Reads a separator and exactly so many digits.
  private boolean fraction(int digits) {
    if (rest.length() < digits + 1 || (rest.charAt(0) != '.' && rest.charAt(0) != ',')) {
      return false;
    }
    int nanos = 0;
    int unit = (int) Civil.NANOS_PER_SECOND / 10;
    for (int i = 1; i <= digits; i++) {
      if (!isDigit(i)) {
        return false;
      }
      nanos += (rest.charAt(i) - '0') * unit;
      unit /= 10;
    }
    time.nanos = nanos;
    rest = rest.substring(digits + 1);
    return true;
  }

  private boolean zone(Chunk.Field field) throws TimeParseException {
    String pattern = LayoutText.zone(field);
    if (pattern.startsWith("Z") && rest.startsWith("Z")) {
      time.utc = true;
      rest = rest.substring(1);
      return true;
    }
    if (rest.length() < pattern.length() || "+-".indexOf(rest.charAt(0)) < 0) {
      return false;
    }
    boolean negative = rest.charAt(0) == '-';
    rest = rest.substring(1);
    int offset = 0;
    int unit = 3600;
    for (int i = 1; i < pattern.length(); unit /= 60) {
      if (pattern.charAt(i) == ':') {
        if (!rest.startsWith(":")) {
          return false;
        }
        rest = rest.substring(1);
        i++;
      }
      int number = ranged("time zone offset", digits(2, 2), 0, unit == 3600 ? 24 : 60);
      if (number < 0) {
        return false;
      }
      offset += number * unit;
      i += 2;
    }
    time.offset = negative ? -offset : offset;
    return true;
  }

  private boolean zoneName() {
    if (rest.startsWith("UTC")) {
      time.utc = true;
      rest = rest.substring(3);
      return true;
    }
    int length = zoneNameLength();
    time.zoneName = rest.substring(0, length);
    rest = rest.substring(length);
    return length > 0;
  }

  private int zoneNameLength() {
    if (rest.length() < 3) {
      return 0;
    }
    if (rest.startsWith("ChST") || rest.startsWith("MeST")) {
      return 4;
    }
    if (rest.startsWith("GMT")) {
      return 3 + signedHours(3);
    }
    if (rest.charAt(0) == '+' || rest.charAt(0) == '-') {
      return signedHours(0);
    }
    int upper = 0;
    while (upper < 6 && upper < rest.length() && isUpper(rest.charAt(upper))) {
      upper++;
    }
    return switch (upper) {
      case 3 -> 3;
      case 4 -> rest.charAt(3) == 'T' || rest.startsWith("WITA") ? 4 : 0;
      case 5 -> rest.charAt(4) == 'T' ? 5 : 0;
      default -> 0;
    };
  }

  private static boolean isUpper(char c) {
    return c >= 'A' && c <= 'Z';
  }

  /// The length of a sign and a number of hours, 0 when there is none.
  private int signedHours(int at) {
    if (at >= rest.length() || "+-".indexOf(rest.charAt(at)) < 0) {
      return 0;
    }
    int end = at + 1;
    int number = 0;
    while (isDigit(end) && number <= 23) {
      number = number * 10 + rest.charAt(end++) - '0';
    }
    return end == at + 1 || number > 23 ? 0 : end - at;
  }

  static String shortName(String name) {
    return name.substring(0, SHORT_NAME);
  }
}
