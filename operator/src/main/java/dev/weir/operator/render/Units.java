package dev.weir.operator.render;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sizes and durations: read as resources have them, written anew as River has them.
final class Units {
  private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,11})(Ki|Mi|Gi)?");
  private static final Pattern PART = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,9})?)(ms|s|m|h)");

  private Units() {}

  /// Bytes.
  ///
  /// @throws IllegalArgumentException when it is no size
  static long bytes(String text) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("must be a size such as 256Ki");
    }
    long number = Long.parseLong(matcher.group(1));
    String unit = matcher.group(2);
    return switch (unit == null ? "" : unit) {
      case "Ki" -> number << 10;
      case "Mi" -> number << 20;
      case "Gi" -> number << 30;
      default -> number;
    };
  }

  /// A size in River.
  static String size(String text) {
    long bytes = bytes(text);
    if (bytes % (1 << 20) == 0) {
      return (bytes >> 20) + "MiB";
    }
    return bytes % (1 << 10) == 0 ? (bytes >> 10) + "KiB" : bytes + "B";
  }

  /// How long.
  ///
  /// @throws IllegalArgumentException when it is no duration
  static Duration duration(String text) {
    Matcher matcher = PART.matcher(text);
    Duration sum = Duration.ZERO;
    int at = 0;
    while (matcher.find() && matcher.start() == at) {
      double number = Double.parseDouble(matcher.group(1));
      double millis =
          number
              * switch (matcher.group(2)) {
                case "h" -> 3_600_000;
                case "m" -> 60_000;
                case "s" -> 1_000;
                default -> 1;
              };
      sum = sum.plusMillis(Math.round(millis));
      at = matcher.end();
    }
    if (at == 0 || at != text.length()) {
      throw new IllegalArgumentException("must be a duration such as 30s");
    }
    return sum;
  }

  /// A duration in River.
  static String time(String text) {
    Duration duration = duration(text);
    long millis = duration.toMillis();
    if (millis % 3_600_000 == 0 && millis > 0) {
      return millis / 3_600_000 + "h";
    }
    if (millis % 60_000 == 0 && millis > 0) {
      return millis / 60_000 + "m";
    }
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }
}
