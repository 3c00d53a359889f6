package dev.weir.agent.river.eval;

import dev.weir.agent.river.eval.Value.BoolValue;
import dev.weir.agent.river.eval.Value.NumberValue;

/// Numbers: two integers give an integer, unchecked for overflow, anything else a float.
final class Arithmetic {
  private Arithmetic() {}

  static Value apply(String operator, NumberValue left, NumberValue right) {
    boolean divides = operator.equals("/") || operator.equals("%");
    if (divides && right.number().doubleValue() == 0) {
      throw new ValueException(right, "divide by zero error");
    }
    if (left.number() instanceof Long one && right.number() instanceof Long other) {
      return integers(operator, one, other);
    }
    return floats(operator, left.number().doubleValue(), right.number().doubleValue());
  }

  private static Value integers(String operator, long left, long right) {
    return switch (operator) {
      case "+" -> new NumberValue(left + right);
      case "-" -> new NumberValue(left - right);
      case "*" -> new NumberValue(left * right);
      case "/" -> new NumberValue(left / right);
      case "%" -> new NumberValue(left % right);
      case "^" -> new NumberValue(power(left, right));
      default -> new BoolValue(Operators.ordered(operator, Long.compare(left, right)));
    };
  }

  private static Value floats(String operator, double left, double right) {
    return switch (operator) {
      case "+" -> new NumberValue(left + right);
      case "-" -> new NumberValue(left - right);
      case "*" -> new NumberValue(left * right);
      case "/" -> new NumberValue(left / right);
      case "%" -> new NumberValue(left % right);
      case "^" -> new NumberValue(Math.pow(left, right));
      case "<" -> new BoolValue(left < right);
      case "<=" -> new BoolValue(left <= right);
      case ">" -> new BoolValue(left > right);
      default -> new BoolValue(left >= right);
    };
  }

  /// A power in as many steps as the exponent has bits, so that no exponent takes long.
  ///
  /// A negative exponent gives the base, as in Alloy.
  private static long power(long base, long exponent) {
    if (exponent < 0) {
      return base;
    }
    long result = 1;
    long square = base;
    for (long rest = exponent; rest > 0; rest >>= 1) {
      if ((rest & 1) == 1) {
        result *= square;
      }
      square *= square;
    }
    return result;
  }
}
