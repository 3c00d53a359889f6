package dev.weir.agent.template;

import dev.weir.agent.go.GoFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What Go thinks of values.
final class Values {
  private static final int LONGEST = 1 << 20;

  private Values() {}

  /// The value as `%v` prints it.
  static String print(@Nullable Object value) throws TemplateException {
    return format("%v", List.of(shown(value)));
  }

  static String format(String format, List<? extends @Nullable Object> operands)
      throws TemplateException {
    try {
      return GoFormat.format(format, operands, LONGEST);
    } catch (IllegalArgumentException e) {
      throw new TemplateException(String.valueOf(e.getMessage()));
    }
  }

  private static Object shown(@Nullable Object value) {
    return switch (value) {
      case null -> "<nil>";
      case Moment moment -> moment.toString();
      default -> value;
    };
  }

  static boolean isTrue(@Nullable Object value) {
    return switch (value) {
      case null -> false;
      case Boolean bool -> bool;
      case Double number -> number != 0;
      case Number number -> number.longValue() != 0;
      case String text -> !text.isEmpty();
      case List<?> list -> !list.isEmpty();
      case Map<?, ?> map -> !map.isEmpty();
      default -> true;
    };
  }

  static String kind(@Nullable Object value) {
    return switch (value) {
      case null -> "invalid";
      case Boolean bool -> "bool";
      case Double number -> "float64";
      case Number number -> "int";
      case String text -> "string";
      case List<?> list -> "slice";
      case Moment moment -> "struct";
      default -> "map";
    };
  }

  static String type(@Nullable Object value) {
    return switch (kind(value)) {
      case "invalid" -> "<nil>";
      case "slice" -> "[]interface {}";
      case "map" -> "map[string]interface {}";
      case "struct" -> "time.Time";
      default -> kind(value);
    };
  }

  /// Like Go's `Sprint`: blanks only between operands of which neither is text.
  static String sprint(List<? extends @Nullable Object> operands) throws TemplateException {
    var out = new StringBuilder();
    for (int i = 0; i < operands.size(); i++) {
      boolean texts =
          i > 0 && (operands.get(i) instanceof String || operands.get(i - 1) instanceof String);
      out.append(i > 0 && !texts ? " " : "").append(print(operands.get(i)));
    }
    return out.toString();
  }

  static String text(List<? extends @Nullable Object> arguments, int index)
      throws TemplateException {
    if (arguments.get(index) instanceof String text) {
      return text;
    }
    throw wrong("string", arguments.get(index));
  }

  static long whole(List<? extends @Nullable Object> arguments, int index)
      throws TemplateException {
    Object value = arguments.get(index);
    if (value instanceof Number number && !(value instanceof Double)) {
      return number.longValue();
    }
    throw wrong("int", value);
  }

  static List<@Nullable Object> list(List<? extends @Nullable Object> arguments, int index)
      throws TemplateException {
    if (arguments.get(index) instanceof List<?> list) {
      return new ArrayList<>(list);
    }
    throw wrong("list", arguments.get(index));
  }

  static Map<?, ?> map(List<? extends @Nullable Object> arguments, int index)
      throws TemplateException {
    if (arguments.get(index) instanceof Map<?, ?> map) {
      return map;
    }
    throw wrong("map", arguments.get(index));
  }

  private static TemplateException wrong(String expected, @Nullable Object value) {
    return new TemplateException(
        "wrong type for value; expected " + expected + "; got " + type(value));
  }
}
