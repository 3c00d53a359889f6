package dev.weir.agent.sandbox;

import dev.weir.agent.go.GoQuote;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Times and durations of queries, in every form that Loki takes, and relative ones that it does
/// not: `now`, `now-5m`.
final class QueryTimes {
  private static final Pattern DURATION =
      Pattern.compile(
          "(?:(\\d+)y)?(?:(\\d+)w)?(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");
  private static final long[] UNIT_MILLIS = {
    31_536_000_000L, 604_800_000L, 86_400_000L, 3_600_000L, 60_000L, 1_000L, 1L
  };
  private static final int DIGITS_OF_SECONDS = 10;

  private QueryTimes() {}

  /// Nanoseconds since 1970; instants too far away become the farthest there is.
  static long nanos(Instant instant) {
    try {
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    } catch (ArithmeticException e) {
      return instant.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  static Instant instant(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
  }

  /// The time that a parameter names, in nanoseconds.
  ///
  /// @throws BadRequest if it is none
  static long time(String parameter, String text, Instant now) throws BadRequest {
    if (text.startsWith("now")) {
      return relative(parameter, text, now);
    }
    if (text.contains(".")) {
      try {
        return new BigDecimal(text)
            .setScale(3, RoundingMode.HALF_UP)
            .movePointRight(9)
            .longValueExact();
      } catch (ArithmeticException | NumberFormatException e) {
        // Not a number of seconds: it may be a date with a fraction.
      }
    }
    try {
      long number = Long.parseLong(text);
      return text.length() <= DIGITS_OF_SECONDS ? number * 1_000_000_000L : number;
    } catch (NumberFormatException e) {
      return date(parameter, text);
    }
  }

  private static long date(String parameter, String text) throws BadRequest {
    try {
      return nanos(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      throw invalid(parameter, text);
    }
  }

  private static long relative(String parameter, String text, Instant now) throws BadRequest {
    String rest = text.substring(3);
    if (rest.isEmpty()) {
      return nanos(now);
    }
    char sign = rest.charAt(0);
    if (sign != '-' && sign != '+') {
      throw invalid(parameter, text);
    }
    Duration distance = duration(parameter, rest.substring(1));
    return nanos(sign == '-' ? now.minus(distance) : now.plus(distance));
  }

  private static BadRequest invalid(String parameter, String text) {
    return new BadRequest(
        "could not parse '%s' parameter: strconv.ParseInt: parsing %s: invalid syntax"
            .formatted(parameter, GoQuote.quote(text)));
  }

  /// A duration such as `1h30m`, units from large to small.
  ///
  /// @throws BadRequest if it is none
  static Duration duration(String parameter, String text) throws BadRequest {
    Matcher units = DURATION.matcher(text);
    if (text.isEmpty() || (!units.matches() && !text.equals("0"))) {
      throw new BadRequest(
          "could not parse '%s' parameter: not a valid duration string: %s"
              .formatted(parameter, GoQuote.quote(text)));
    }
    try {
      long millis = 0;
      for (int i = 0; i < UNIT_MILLIS.length && !text.equals("0"); i++) {
        String count = units.group(i + 1);
        if (count != null) {
          millis = Math.addExact(millis, Math.multiplyExact(Long.parseLong(count), UNIT_MILLIS[i]));
        }
      }
      return Duration.ofMillis(millis);
    } catch (ArithmeticException | NumberFormatException e) {
      throw new BadRequest("could not parse '" + parameter + "' parameter: duration out of range");
    }
  }
}
