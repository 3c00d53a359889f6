package dev.weir.agent.template;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/// Arithmetic with decimals. What is no number counts as 0.
final class DecimalFunctions {
  private static final int DIVISION_DIGITS = 16;

  private DecimalFunctions() {}

  static void addTo(Functions functions) {
    functions.exactly(
        "add1f", 1, arguments -> decimal(arguments.get(0)).add(BigDecimal.ONE).doubleValue());
    functions.add("addf", 0, -1, arguments -> folded(arguments, BigDecimal::add));
    functions.add("subf", 1, -1, arguments -> folded(arguments, BigDecimal::subtract));
    functions.add("mulf", 1, -1, arguments -> folded(arguments, BigDecimal::multiply));
    functions.add("divf", 1, -1, arguments -> folded(arguments, DecimalFunctions::quotient));
    functions.add("maxf", 1, -1, arguments -> folded(arguments, BigDecimal::max));
    functions.add("minf", 1, -1, arguments -> folded(arguments, BigDecimal::min));
    functions.add("round", 2, 3, DecimalFunctions::rounded);
  }

  private static BigDecimal quotient(BigDecimal dividend, BigDecimal divisor) {
    return dividend.divide(divisor, DIVISION_DIGITS, RoundingMode.HALF_UP);
  }

  private static double folded(
      List<? extends @Nullable Object> arguments, BinaryOperator<BigDecimal> operator) {
    return arguments.stream()
        .map(DecimalFunctions::decimal)
        .reduce(operator)
        .orElse(BigDecimal.ZERO)
        .doubleValue();
  }

  private static BigDecimal decimal(@Nullable Object value) {
    try {
      return value == null ? BigDecimal.ZERO : new BigDecimal(value.toString());
    } catch (NumberFormatException e) {
      return BigDecimal.ZERO;
    }
  }

  /// Up from a fraction on, a half unless told otherwise.
  private static double rounded(List<? extends @Nullable Object> arguments)
      throws TemplateException {
    double power = Math.pow(10, (double) Values.whole(arguments, 1));
    double on = arguments.size() > 2 ? decimal(arguments.get(2)).doubleValue() : 0.5;
    double digits = power * decimal(arguments.get(0)).doubleValue();
    double fraction = digits % 1;
    return (fraction >= on ? Math.ceil(digits) : Math.floor(digits)) / power;
  }
}
