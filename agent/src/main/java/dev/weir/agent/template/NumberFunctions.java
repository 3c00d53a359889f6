package dev.weir.agent.template;

import java.util.List;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/// Arithmetic. What is no number counts as 0.
final class NumberFunctions {
  private NumberFunctions() {}

  static void addTo(Functions functions) {
    functions.add("add", 0, -1, arguments -> folded(arguments, 0, Long::sum));
    functions.exactly("add1", 1, arguments -> whole(arguments.get(0)) + 1);
    functions.exactly("sub", 2, arguments -> whole(arguments.get(0)) - whole(arguments.get(1)));
    functions.add("mul", 1, -1, arguments -> folded(arguments, 1, (a, b) -> a * b));
    functions.exactly("div", 2, arguments -> whole(arguments.get(0)) / whole(arguments.get(1)));
    functions.exactly("mod", 2, arguments -> whole(arguments.get(0)) % whole(arguments.get(1)));
    functions.add("max", 1, -1, arguments -> folded(arguments, Long.MIN_VALUE, Math::max));
    functions.add("min", 1, -1, arguments -> folded(arguments, Long.MAX_VALUE, Math::min));
    functions.exactly("int", 1, arguments -> whole(arguments.get(0)));
    functions.exactly("int64", 1, arguments -> whole(arguments.get(0)));
    functions.text("atoi", NumberFunctions::whole);
    functions.exactly("float64", 1, arguments -> number(arguments.get(0)));
    functions.exactly("floor", 1, arguments -> Math.floor(number(arguments.get(0))));
    functions.exactly("ceil", 1, arguments -> Math.ceil(number(arguments.get(0))));
  }

  private static long folded(
      List<? extends @Nullable Object> arguments, long start, LongBinaryOperator operator) {
    long result = start;
    for (Object argument : arguments) {
      result = operator.applyAsLong(result, whole(argument));
    }
    return result;
  }

  private static long whole(@Nullable Object value) {
    return switch (value) {
      case Number number -> number.longValue();
      case Boolean bool -> bool ? 1 : 0;
      case String text -> parsed(text);
      case null, default -> 0;
    };
  }

  private static long parsed(String text) {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static double number(@Nullable Object value) {
    if (value instanceof String text) {
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException e) {
        return 0;
      }
    }
    return value instanceof Number number ? number.doubleValue() : whole(value);
  }
}
