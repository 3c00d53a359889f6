package dev.weir.agent.go;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Floating-point numbers as Go writes them.
public final class GoFloat {
  /// The precision that asks for the fewest digits that read back as the same number.
  public static final int SHORTEST = -1;

  private GoFloat() {}

  /// The shortest decimal without exponent: `0.5`, `100000`, `NaN`, `+Inf`.
  public static String plain(double number) {
    return format(number, 'f', SHORTEST);
  }

  /// A number in one of Go's formats.
  ///
  /// @param verb `f`: never an exponent, `e`: always one, `g`: where it is large
  /// @param precision digits after the point, for `g` all digits; or [#SHORTEST]
  public static String format(double number, char verb, int precision) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "+Inf" : "-Inf";
    }
    boolean negative = number < 0 || (number == 0 && 1 / number < 0);
    BigDecimal magnitude = magnitude(Math.abs(number), precision);
    String digits =
        switch (verb) {
          case 'e' -> exponential(magnitude, precision);
          case 'f' -> fixed(magnitude, precision);
          default -> general(magnitude, precision);
        };
    return negative ? "-" + digits : digits;
  }

  private static BigDecimal magnitude(double number, int precision) {
    if (number == 0) {
      return BigDecimal.ZERO;
    }
    // Rounding starts from the exact value, the shortest form from the digits that identify it.
    return precision < 0
        ? new BigDecimal(Double.toString(number)).stripTrailingZeros()
        : new BigDecimal(number);
  }

  private static String fixed(BigDecimal magnitude, int precision) {
    BigDecimal rounded =
        precision < 0 ? magnitude : magnitude.setScale(precision, RoundingMode.HALF_EVEN);
    return rounded.toPlainString();
  }

  private static String exponential(BigDecimal magnitude, int precision) {
    BigDecimal rounded = precision < 0 ? magnitude : round(magnitude, precision + 1);
    String digits = rounded.unscaledValue().toString();
    int exponent = magnitude.signum() == 0 ? 0 : digits.length() - 1 - rounded.scale();
    if (precision >= 0 && digits.length() <= precision) {
      digits += "0".repeat(precision + 1 - digits.length());
    }
    String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
    return digits.charAt(0) + fraction + exponent(exponent);
  }

  private static String exponent(int exponent) {
    int size = Math.abs(exponent);
    return (exponent < 0 ? "e-" : "e+") + (size < 10 ? "0" : "") + size;
  }

  private static String general(BigDecimal magnitude, int precision) {
    int significant = precision == 0 ? 1 : precision;
    BigDecimal rounded = precision < 0 ? magnitude : round(magnitude, significant);
    rounded = rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros();
    int digits = rounded.precision();
    int point = digits - rounded.scale();
    if (rounded.signum() != 0
        && (point - 1 < -4 || point - 1 >= limit(significant, digits, point))) {
      return exponential(rounded, SHORTEST);
    }
    return rounded.toPlainString();
  }

  /// The exponent from which on `g` shows one.
  private static int limit(int precision, int digits, int point) {
    if (precision < 0) {
      return 6;
    }
    return precision > digits && digits >= point ? digits : precision;
  }

  private static BigDecimal round(BigDecimal magnitude, int digits) {
    return magnitude.round(new MathContext(digits, RoundingMode.HALF_EVEN));
  }
}
