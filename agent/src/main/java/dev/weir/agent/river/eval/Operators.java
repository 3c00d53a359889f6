package dev.weir.agent.river.eval;

import dev.weir.agent.river.eval.Value.BoolValue;
import dev.weir.agent.river.eval.Value.CapsuleValue;
import dev.weir.agent.river.eval.Value.NumberValue;
import dev.weir.agent.river.eval.Value.StringValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// What operators do to values.
final class Operators {
  private static final List<String> NUMBERS = List.of(Types.NUMBER);
  private static final List<String> ORDERED = List.of(Types.NUMBER, Types.STRING);
  private static final List<String> BOOLS = List.of(Types.BOOL);

  private static final Map<String, List<String>> ALLOWED =
      Map.ofEntries(
          Map.entry("||", BOOLS),
          Map.entry("&&", BOOLS),
          Map.entry("+", List.of(Types.NUMBER, Types.STRING, Types.CAPSULE)),
          Map.entry("-", NUMBERS),
          Map.entry("*", NUMBERS),
          Map.entry("/", NUMBERS),
          Map.entry("%", NUMBERS),
          Map.entry("^", NUMBERS),
          Map.entry("<", ORDERED),
          Map.entry("<=", ORDERED),
          Map.entry(">", ORDERED),
          Map.entry(">=", ORDERED));

  private Operators() {}

  static Value unary(String operator, Value operand) {
    if (operator.equals("!")) {
      if (operand instanceof BoolValue bool) {
        return new BoolValue(!bool.value());
      }
      throw ValueException.type(operand, Types.BOOL);
    }
    if (!(operand instanceof NumberValue number)) {
      throw ValueException.type(operand, Types.NUMBER);
    }
    return number.number() instanceof Long integer
        ? new NumberValue(-integer)
        : new NumberValue(-number.number().doubleValue());
  }

  static Value binary(String operator, Value left, Value right) {
    Secrets.Operands aligned = Secrets.align(left, right);
    switch (operator) {
      case "==":
        return new BoolValue(Equality.equal(aligned.left(), aligned.right()));
      case "!=":
        return new BoolValue(!Equality.equal(aligned.left(), aligned.right()));
      default:
        refuseOtherTypes(operator, left, aligned.left());
        refuseOtherTypes(operator, right, aligned.right());
        return sameType(operator, aligned.left(), aligned.right());
    }
  }

  private static void refuseOtherTypes(String operator, Value original, Value operand) {
    List<String> allowed = ALLOWED.getOrDefault(operator, List.of());
    String type = Types.of(operand);
    if (!allowed.contains(type)) {
      String types = String.join(" ", allowed);
      throw new ValueException(
          original, "should be one of [" + types + "] for binop " + operator + ", got " + type);
    }
  }

  private static Value sameType(String operator, Value left, Value right) {
    if (left instanceof NumberValue one && right instanceof NumberValue other) {
      return Arithmetic.apply(operator, one, other);
    }
    if (left instanceof StringValue one && right instanceof StringValue other) {
      return text(operator, one.text(), other.text());
    }
    if (left instanceof BoolValue one && right instanceof BoolValue other) {
      // Both sides have been evaluated already: the language has no short circuit.
      return new BoolValue(
          operator.equals("||") ? one.value() || other.value() : one.value() && other.value());
    }
    if (left instanceof CapsuleValue one && right instanceof CapsuleValue other) {
      return Secrets.concatenate(one, other);
    }
    throw ValueException.type(right, Types.of(left));
  }

  private static Value text(String operator, String left, String right) {
    if (operator.equals("+")) {
      return new StringValue(left + right);
    }
    return new BoolValue(ordered(operator, compare(left, right)));
  }

  /// By bytes of UTF-8, as Go compares; UTF-16 puts some characters in another order.
  private static int compare(String left, String right) {
    return Arrays.compareUnsigned(
        left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
  }

  static boolean ordered(String operator, int comparison) {
    return switch (operator) {
      case "<" -> comparison < 0;
      case "<=" -> comparison <= 0;
      case ">" -> comparison > 0;
      default -> comparison >= 0;
    };
  }
}
