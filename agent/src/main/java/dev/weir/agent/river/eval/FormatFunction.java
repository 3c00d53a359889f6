package dev.weir.agent.river.eval;

import dev.weir.agent.go.GoFormat;
import dev.weir.agent.river.eval.Value.ArrayValue;
import dev.weir.agent.river.eval.Value.BoolValue;
import dev.weir.agent.river.eval.Value.FunctionValue;
import dev.weir.agent.river.eval.Value.NullValue;
import dev.weir.agent.river.eval.Value.NumberValue;
import dev.weir.agent.river.eval.Value.ObjectValue;
import dev.weir.agent.river.eval.Value.StringValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `string.format`
final class FormatFunction {
  private FormatFunction() {}

  static String format(Arguments arguments) {
    List<@Nullable Object> operands = new ArrayList<>();
    for (int i = 1; i < arguments.count(); i++) {
      operands.add(plain(arguments.value(i)));
    }
    return GoFormat.format(arguments.text(0), operands, Limits.TEXT);
  }

  /// The Java object that a value is for Go's formats. A secret is none.
  private static @Nullable Object plain(Value value) {
    return switch (value) {
      case NullValue _ -> null;
      case NumberValue number -> number.number();
      case StringValue text -> text.text();
      case BoolValue bool -> bool.value();
      case ArrayValue array -> plain(array.elements());
      case ObjectValue object -> plain(object.fields());
      case FunctionValue _ -> throw ValueException.type(value, Types.STRING);
      case Value.CapsuleValue _ -> Conversions.text(value);
    };
  }

  private static List<@Nullable Object> plain(List<Value> elements) {
    List<@Nullable Object> out = new ArrayList<>(elements.size());
    elements.forEach(element -> out.add(plain(element)));
    return out;
  }

  private static Map<String, @Nullable Object> plain(Map<String, Value> fields) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    fields.forEach((name, field) -> out.put(name, plain(field)));
    return out;
  }
}
