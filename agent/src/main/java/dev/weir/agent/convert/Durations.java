package dev.weir.agent.convert;

import dev.weir.agent.go.GoDuration;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Durations of Go and of Prometheus, whose largest units Go does not know.
final class Durations {
  private static final Pattern PARTS = Pattern.compile("(?:(\\d+)y)?(?:(\\d+)w)?(?:(\\d+)d)?(.*)");
  private static final int DAYS_A_YEAR = 365;
  private static final int DAYS_A_WEEK = 7;

  private Durations() {}

  static Optional<Duration> parse(String text) {
    Matcher parts = PARTS.matcher(text);
    if (text.isEmpty() || !parts.matches()) {
      return Optional.empty();
    }
    try {
      long days =
          DAYS_A_YEAR * whole(parts.group(1))
              + DAYS_A_WEEK * whole(parts.group(2))
              + whole(parts.group(3));
      String rest = String.valueOf(parts.group(4));
      Duration small = rest.isEmpty() ? Duration.ZERO : GoDuration.parse(rest);
      return Optional.of(Duration.ofDays(days).plus(small));
    } catch (IllegalArgumentException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static long whole(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
