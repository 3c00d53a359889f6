package dev.weir.agent.loki;

import java.math.BigDecimal;

/// Numbers as text.
final class Numbers {
  private Numbers() {}

  /// The shortest plain decimal that reads back as the same number: no exponent, no `.0`.
  static String plain(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "+Inf" : "-Inf";
    }
    if (number == Math.rint(number) && Math.abs(number) < 1e15) {
      return Long.toString((long) number);
    }
    return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
  }
}
