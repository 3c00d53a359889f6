package dev.weir.agent.river.eval;

import dev.weir.agent.river.eval.Value.ArrayValue;
import dev.weir.agent.river.eval.Value.BoolValue;
import dev.weir.agent.river.eval.Value.CapsuleValue;
import dev.weir.agent.river.eval.Value.FunctionValue;
import dev.weir.agent.river.eval.Value.NullValue;
import dev.weir.agent.river.eval.Value.NumberValue;
import dev.weir.agent.river.eval.Value.ObjectValue;
import dev.weir.agent.river.eval.Value.StringValue;
import java.util.List;
import java.util.Map;

/// When two values are equal to `==`: never across types, numbers by what they count, functions
/// never.
final class Equality {
  private Equality() {}

  static boolean equal(Value left, Value right) {
    return switch (left) {
      case NullValue _ -> right instanceof NullValue;
      case NumberValue one -> right instanceof NumberValue other && equal(one, other);
      case StringValue one -> right instanceof StringValue other && one.text().equals(other.text());
      case BoolValue one -> right instanceof BoolValue other && one.value() == other.value();
      case ArrayValue one ->
          right instanceof ArrayValue other && equal(one.elements(), other.elements());
      case ObjectValue one ->
          right instanceof ObjectValue other && equal(one.fields(), other.fields());
      case FunctionValue _ -> false;
      case CapsuleValue one ->
          right instanceof CapsuleValue other && one.object().equals(other.object());
    };
  }

  private static boolean equal(NumberValue left, NumberValue right) {
    if (left.number() instanceof Long one && right.number() instanceof Long other) {
      return one.longValue() == other.longValue();
    }
    return left.number().doubleValue() == right.number().doubleValue();
  }

  private static boolean equal(List<Value> left, List<Value> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!equal(left.get(i), right.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean equal(Map<String, Value> left, Map<String, Value> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (Map.Entry<String, Value> field : left.entrySet()) {
      Value other = right.get(field.getKey());
      if (other == null || !equal(field.getValue(), other)) {
        return false;
      }
    }
    return true;
  }
}
