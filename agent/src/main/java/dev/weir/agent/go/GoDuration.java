package dev.weir.agent.go;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/// Durations as Go reads and writes them: `1h30m`, `1.5s`, `-250ms`; nanoseconds, up to 292 years.
public final class GoDuration {
  private static final Map<String, Long> UNITS =
      Map.of(
          "ns",
          1L,
          "us",
          1_000L,
          "\u00b5s", // micro sign
          1_000L,
          "\u03bcs", // Greek letter mu
          1_000L,
          "ms",
          1_000_000L,
          "s",
          1_000_000_000L,
          "m",
          60_000_000_000L,
          "h",
          3_600_000_000_000L);

  private record Fraction(long digits, double scale) {}

  private final String text;
  private int at;

  /// Nanoseconds so far, unsigned: the lowest duration has one more than the highest.
  private long total;

  private GoDuration(String text) {
    this.text = text;
  }

  /// Reads a duration.
  ///
  /// @throws IllegalArgumentException with Go's message
  public static Duration parse(String text) {
    return Duration.ofNanos(new GoDuration(text).nanos());
  }

  /// The shortest text of its kind: `1h0m0.5s`, `10µs`, `0s`.
  ///
  /// @throws ArithmeticException beyond 292 years
  public static String format(Duration duration) {
    long nanos = duration.toNanos();
    if (nanos == 0) {
      return "0s";
    }
    // The magnitude is unsigned, for the lowest duration has no positive counterpart.
    String magnitude = formatMagnitude(Math.abs(nanos));
    return nanos < 0 ? "-" + magnitude : magnitude;
  }

  private static String formatMagnitude(long nanos) {
    if (Long.compareUnsigned(nanos, 1_000L) < 0) {
      return nanos + "ns";
    }
    if (Long.compareUnsigned(nanos, 1_000_000L) < 0) {
      return decimal(nanos / 1_000L, nanos % 1_000L, 3) + "µs";
    }
    if (Long.compareUnsigned(nanos, 1_000_000_000L) < 0) {
      return decimal(nanos / 1_000_000L, nanos % 1_000_000L, 6) + "ms";
    }
    return formatLong(nanos);
  }

  private static String formatLong(long nanos) {
    long fraction = Long.remainderUnsigned(nanos, 1_000_000_000L);
    long seconds = Long.divideUnsigned(nanos, 1_000_000_000L);
    String out = decimal(seconds % 60, fraction, 9) + "s";
    if (seconds >= 60) {
      out = seconds / 60 % 60 + "m" + out;
    }
    if (seconds >= 3600) {
      out = seconds / 3600 + "h" + out;
    }
    return out;
  }

  private static String decimal(long whole, long fraction, int digits) {
    if (fraction == 0) {
      return Long.toString(whole);
    }
    String padded = "0".repeat(digits - Long.toString(fraction).length()) + fraction;
    int end = padded.length();
    while (padded.charAt(end - 1) == '0') {
      end--;
    }
    return whole + "." + padded.substring(0, end);
  }

  private long nanos() {
    boolean negative = sign();
    if (text.substring(at).equals("0")) {
      return 0;
    }
    do {
      if (at == text.length() || !numeric(text.charAt(at))) {
        throw invalid();
      }
      add(term());
    } while (at < text.length());
    if (!negative && total < 0) {
      throw invalid();
    }
    return negative ? -total : total;
  }

  private boolean sign() {
    if (text.isEmpty() || (text.charAt(0) != '-' && text.charAt(0) != '+')) {
      return false;
    }
    at = 1;
    return text.charAt(0) == '-';
  }

  /// One number with its unit, in nanoseconds.
  private long term() {
    int start = at;
    long whole = whole();
    boolean digits = at > start;
    var fraction = new Fraction(0, 1);
    if (at < text.length() && text.charAt(at) == '.') {
      int point = at++;
      fraction = fraction();
      digits |= at > point + 1;
    }
    if (!digits) {
      throw invalid();
    }
    long unit = unit();
    if (Long.compareUnsigned(whole, Long.divideUnsigned(Long.MIN_VALUE, unit)) > 0) {
      throw invalid();
    }
    // Scaling the unit first is what Go does: the other order rounds differently.
    return bounded(whole * unit + (long) (fraction.digits * (unit / fraction.scale)));
  }

  private long whole() {
    long value = 0;
    while (at < text.length() && digit(text.charAt(at))) {
      if (Long.compareUnsigned(value, Long.divideUnsigned(Long.MIN_VALUE, 10)) > 0) {
        throw invalid();
      }
      value = bounded(value * 10 + text.charAt(at++) - '0');
    }
    return value;
  }

  /// The digits after the point; those beyond what nanoseconds can show are skipped.
  private Fraction fraction() {
    long value = 0;
    double scale = 1;
    while (at < text.length() && digit(text.charAt(at))) {
      int digit = text.charAt(at++) - '0';
      if (value < Long.MAX_VALUE / 100) {
        value = value * 10 + digit;
        scale *= 10;
      }
    }
    return new Fraction(value, scale);
  }

  private long unit() {
    int start = at;
    while (at < text.length() && !numeric(text.charAt(at))) {
      at++;
    }
    if (start == at) {
      throw new IllegalArgumentException("time: missing unit in duration " + quote(text));
    }
    String name = text.substring(start, at);
    Long unit = UNITS.get(name);
    if (unit == null) {
      throw new IllegalArgumentException(
          "time: unknown unit " + quote(name) + " in duration " + quote(text));
    }
    return unit;
  }

  private void add(long nanos) {
    long sum = total + nanos;
    if (Long.compareUnsigned(sum, nanos) < 0) {
      throw invalid();
    }
    total = bounded(sum);
  }

  /// Refuses what is beyond 2^63.
  private long bounded(long value) {
    if (Long.compareUnsigned(value, Long.MIN_VALUE) > 0) {
      throw invalid();
    }
    return value;
  }

  private IllegalArgumentException invalid() {
    return new IllegalArgumentException("time: invalid duration " + quote(text));
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean numeric(char c) {
    return c == '.' || digit(c);
  }

  /// Not Go's usual quoting: this package of Go shows every byte outside printable ASCII in hex.
  private static String quote(String text) {
    var out = new StringBuilder("\"");
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b < ' ') {
        out.append("\\x").append(Character.forDigit((b >> 4) & 0xf, 16));
        out.append(Character.forDigit(b & 0xf, 16));
      } else if (b == '"' || b == '\\') {
        out.append('\\').append((char) b);
      } else {
        out.append((char) b);
      }
    }
    return out.append('"').toString();
  }
}
