package dev.weir.agent.loki.write;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which entries Loki refuses, as far as its message tells: it names a limit, often for one entry
/// only, that any number of entries in the push may be beyond.
///
/// @param oldest entries before this time are refused, in nanoseconds since 1970
/// @param longest entries with longer text are refused, in bytes
record Rejection(DropReason reason, long oldest, long longest) {
  private static final Rejection UNKNOWN =
      new Rejection(DropReason.INGESTER_ERROR, Long.MIN_VALUE, Long.MAX_VALUE);
  private static final Pattern TOO_OLD =
      Pattern.compile("timestamp too old: .{0,64}oldest acceptable timestamp is: ([0-9TZ:.+-]+)");
  private static final Pattern TOO_LONG =
      Pattern.compile("[Mm]ax entry size '(\\d{1,18})' bytes exceeded");

  static Rejection parse(String text) {
    Matcher tooLong = TOO_LONG.matcher(text);
    if (tooLong.find()) {
      long longest = Long.parseLong(tooLong.group(1));
      return new Rejection(DropReason.LINE_TOO_LONG, Long.MIN_VALUE, longest);
    }
    Matcher tooOld = TOO_OLD.matcher(text);
    if (tooOld.find()) {
      return tooOld(tooOld.group(1));
    }
    return UNKNOWN;
  }

  private static Rejection tooOld(String time) {
    try {
      Instant oldest = OffsetDateTime.parse(time).toInstant();
      // Loki prints whole seconds and means the instant within them.
      long nanos = Math.multiplyExact(oldest.getEpochSecond(), 1_000_000_000L);
      return new Rejection(DropReason.INGESTER_ERROR, nanos, Long.MAX_VALUE);
    } catch (DateTimeParseException | ArithmeticException e) {
      return UNKNOWN;
    }
  }

  boolean concerns(long timestamp, long lineLength) {
    return timestamp < oldest || lineLength > longest;
  }
}
