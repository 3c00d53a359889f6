package dev.weir.agent.loki.write;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The header by which a server asks to be left alone for a while.
final class RetryAfter {
  /// Nobody means more; a mistake here must not stop delivery for days.
  private static final long MAX_SECONDS = 600;

  private RetryAfter() {}

  /// The time asked for, null when there is none. Only the form in seconds is read; a date depends
  /// on two clocks.
  static @Nullable Duration parse(@Nullable String value) {
    if (value == null || value.isEmpty() || value.length() > 9) {
      return null;
    }
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return null;
      }
    }
    return Duration.ofSeconds(Math.min(MAX_SECONDS, Long.parseLong(value)));
  }
}
