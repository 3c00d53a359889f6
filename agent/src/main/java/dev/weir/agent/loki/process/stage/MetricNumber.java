package dev.weir.agent.loki.process.stage;

import dev.weir.agent.go.GoDuration;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Slice;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An extracted value as a number: a number, a boolean as 1 or 0, text that is a number, or a
/// duration as seconds.
///
/// Plain decimals are read without making a string. Not thread-safe.
final class MetricNumber {
  private static final int MOST_DIGITS = 15;
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
  private static final Pattern INFINITE = Pattern.compile("([+-]?)inf(inity)?");
  private static final double NANOS = 1e9;

  private final Slice slice = new Slice();
  private double value;

  /// Reads a value; false when it is no number.
  boolean read(Entry entry, String source) {
    if (!entry.extracted().isText(source)) {
      return scalar(entry.extracted().get(source));
    }
    return entry.extracted().read(source, slice)
        && (plain(slice.buffer(), slice.offset(), slice.end()) || parsed(slice.text()));
  }

  /// The last number.
  double value() {
    return value;
  }

  private boolean scalar(@Nullable Object scalar) {
    return switch (scalar) {
      case Number given -> found(given.doubleValue());
      case Boolean given -> found(given ? 1 : 0);
      case null, default -> false;
    };
  }

  private boolean found(double number) {
    value = number;
    return true;
  }

  /// Digits with at most one point, few enough to be exact.
  private boolean plain(byte[] buffer, int from, int to) {
    long digits = 0;
    int count = 0;
    int point = -1;
    for (int i = from; i < to; i++) {
      byte b = buffer[i];
      if (b >= '0' && b <= '9') {
        digits = 10 * digits + (b - '0');
        count++;
      } else if (b == '.' && point < 0) {
        point = i;
      } else {
        return false;
      }
    }
    return count > 0
        && count <= MOST_DIGITS
        && found(digits / POWERS[point < 0 ? 0 : to - point - 1]);
  }

  private boolean parsed(String text) {
    if (DECIMAL.matcher(text).matches()) {
      double number = Double.parseDouble(text);
      return Double.isFinite(number) && found(number);
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.equals("nan")) {
      return found(Double.NaN);
    }
    if (INFINITE.matcher(lower).matches()) {
      return found(text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
    }
    try {
      return found(GoDuration.parse(text).toNanos() / NANOS);
    } catch (IllegalArgumentException noNumber) {
      return false;
    }
  }
}
