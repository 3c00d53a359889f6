package dev.weir.agent.river.eval;

import dev.weir.agent.go.GoFloat;
import dev.weir.agent.go.GoQuote;
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
import java.util.regex.Pattern;

/// Writes values as River text, for messages. Secrets stay hidden.
final class ValueText {
  private static final Pattern IDENTIFIER = Pattern.compile("[\\p{L}_][\\p{L}\\p{Nd}_]*");

  /// No message needs more of a value than this.
  private static final int LONGEST = 4096;

  private final StringBuilder out = new StringBuilder();

  private ValueText() {}

  static String of(Value value) {
    var text = new ValueText();
    text.write(value, 0);
    return text.out.toString();
  }

  /// A number as text: the shortest decimal, without exponent.
  static String of(NumberValue number) {
    return number.number() instanceof Long integer
        ? Long.toString(integer)
        : GoFloat.plain(number.number().doubleValue());
  }

  private void write(Value value, int depth) {
    if (out.length() > LONGEST) {
      return;
    }
    switch (value) {
      case NullValue _ -> out.append("null");
      case NumberValue number -> out.append(of(number));
      case BoolValue bool -> out.append(bool.value());
      case StringValue text -> GoQuote.append(out, text.text());
      case ArrayValue array -> write(array.elements(), depth);
      case ObjectValue object -> write(object.fields(), depth);
      case FunctionValue _ -> out.append("function");
      case CapsuleValue capsule -> out.append(of(capsule));
    }
  }

  /// What stands for a capsule: its content, if that is text that may be seen.
  static String of(CapsuleValue capsule) {
    return switch (capsule.object()) {
      case Secret secret -> secret.toString();
      case OptionalSecret secret ->
          secret.sensitive() ? secret.toString() : GoQuote.quote(secret.reveal());
      default -> capsule.kind();
    };
  }

  private void write(List<Value> elements, int depth) {
    out.append('[');
    String separator = "";
    for (Value element : elements) {
      out.append(separator);
      write(element, depth);
      separator = ", ";
    }
    out.append(']');
  }

  private void write(Map<String, Value> fields, int depth) {
    if (fields.isEmpty()) {
      out.append("{ }");
      return;
    }
    int widest = fields.keySet().stream().mapToInt(name -> key(name).length()).max().orElse(0);
    out.append('{');
    fields.forEach((name, value) -> {
      String key = key(name);
      newLine(depth + 1).append(key).repeat(" ", widest - key.length()).append(" = ");
      write(value, depth + 1);
      out.append(',');
    });
    newLine(depth).append('}');
  }

  private StringBuilder newLine(int depth) {
    return out.append('\n').repeat("\t", depth);
  }

  private static String key(String name) {
    return IDENTIFIER.matcher(name).matches() ? name : GoQuote.quote(name);
  }
}
