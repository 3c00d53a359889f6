package dev.weir.agent.timelayout;

/// Calendar arithmetic in plain numbers, for times that are read without making objects.
final class Civil {
  static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int DAYS_PER_ERA = 146_097;
  private static final int DAYS_BEFORE_1970 = 719_468;

  private Civil() {}

  /// Days from 1970-01-01 to a date of the proleptic Gregorian calendar; month and day from 1.
  static long days(long year, int month, int day) {
    // Counting years from March puts the leap day last.
    long y = month <= 2 ? year - 1 : year;
    long era = Math.floorDiv(y, 400);
    long yearOfEra = y - era * 400;
    long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * DAYS_PER_ERA + dayOfEra - DAYS_BEFORE_1970;
  }

  static int daysIn(long year, int month) {
    return switch (month) {
      case 2 -> isLeap(year) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  static boolean isLeap(long year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  }
}
