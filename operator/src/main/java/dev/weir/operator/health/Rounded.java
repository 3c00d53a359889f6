package dev.weir.operator.health;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Numbers and times so coarse that a status seldom changes for them.
final class Rounded {
  private Rounded() {}

  /// Two significant digits: 12345 is 12000.
  static long two(long number) {
    long unit = 1;
    for (long rest = number; rest >= 100; rest /= 10) {
      unit *= 10;
    }
    return number / unit * unit;
  }

  /// A time to the minute; null for what is none.
  static @Nullable String minute(@Nullable String time) {
    if (time == null) {
      return null;
    }
    try {
      return Instant.parse(time).truncatedTo(ChronoUnit.MINUTES).toString();
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
