package dev.weir.agent.timelayout;

/// Times written as a number since 1970 UTC.
public final class UnixTime {
  private static final int DECIMALS = 9;

  private UnixTime() {}

  /// Nanoseconds of a whole number of units.
  ///
  /// @throws TimeParseException when the text is no such number
  public static long whole(String text, long nanosPerUnit) throws TimeParseException {
    return number(text, text) * nanosPerUnit;
  }

  /// Nanoseconds of a number of seconds with at most one decimal point.
  ///
  /// @throws TimeParseException when the text is no such number
  public static long seconds(String text) throws TimeParseException {
    int point = text.indexOf('.');
    if (point < 0 || text.indexOf('.', point + 1) >= 0) {
      return number(text, text) * Civil.NANOS_PER_SECOND;
    }
    String decimals = text.substring(point + 1);
    double nanos = number(decimals, text) * Math.pow(10, (double) DECIMALS - decimals.length());
    return number(text.substring(0, point), text) * Civil.NANOS_PER_SECOND + (long) nanos;
  }

  private static long number(String digits, String text) throws TimeParseException {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw new TimeParseException("parsing time \"" + text + "\": not a number");
    }
  }
}
