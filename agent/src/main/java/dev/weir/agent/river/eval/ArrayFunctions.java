package dev.weir.agent.river.eval;

import dev.weir.agent.river.eval.Value.ArrayValue;
import dev.weir.agent.river.eval.Value.BoolValue;
import dev.weir.agent.river.eval.Value.CapsuleValue;
import dev.weir.agent.river.eval.Value.Function;
import dev.weir.agent.river.eval.Value.FunctionValue;
import dev.weir.agent.river.eval.Value.NullValue;
import dev.weir.agent.river.eval.Value.NumberValue;
import dev.weir.agent.river.eval.Value.ObjectValue;
import dev.weir.agent.river.eval.Value.StringValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `array.*` and `coalesce`
final class ArrayFunctions {
  static final Map<String, Function> ALL =
      Map.of(
          "concat", ArrayFunctions::concat,
          "combine_maps", ArrayFunctions::combineMaps,
          "group_by", ArrayFunctions::groupBy);

  private ArrayFunctions() {}

  private static Value concat(List<Value> arguments) {
    long count = 0;
    for (Value argument : arguments) {
      count += Arguments.array(argument).elements().size();
    }
    Limits.elements(count);
    List<Value> all = new ArrayList<>((int) count);
    arguments.forEach(argument -> all.addAll(Arguments.array(argument).elements()));
    return new ArrayValue(all);
  }

  /// The first argument that is not empty, else the last.
  static Value coalesce(List<Value> arguments) {
    for (Value argument : arguments) {
      if (!empty(argument)) {
        return argument;
      }
    }
    return arguments.isEmpty() ? new NullValue() : arguments.getLast();
  }

  private static boolean empty(Value value) {
    return switch (value) {
      case NullValue _ -> true;
      case NumberValue number -> number.number().doubleValue() == 0;
      case StringValue text -> text.text().isEmpty();
      case BoolValue bool -> !bool.value();
      case ArrayValue array -> array.elements().isEmpty();
      case ObjectValue object -> object.fields().isEmpty();
      case FunctionValue _ -> false;
      case CapsuleValue capsule -> empty(capsule.object());
    };
  }

  private static boolean empty(Object content) {
    return switch (content) {
      case Secret secret -> secret.reveal().isEmpty();
      case OptionalSecret secret -> !secret.sensitive() && secret.reveal().isEmpty();
      default -> false;
    };
  }

  /// Joins the objects of two lists whose fields of the given names are all equal.
  private static Value combineMaps(List<Value> arguments) {
    if (arguments.size() != 3 && arguments.size() != 4) {
      throw new IllegalArgumentException(
          "combine_maps: expected 3 or 4 arguments, got " + arguments.size());
    }
    List<ObjectValue> left = objects(arguments.get(0));
    List<ObjectValue> right = objects(arguments.get(1));
    List<String> keys = keys(arguments.get(2));
    boolean keepUnmatched = arguments.size() == 4 && bool(arguments.get(3));
    List<Value> joined = new ArrayList<>();
    for (ObjectValue one : left) {
      for (ObjectValue other : right) {
        if (matches(one, other, keys)) {
          joined.add(merge(one, other));
        } else if (keepUnmatched) {
          joined.add(one);
        }
        Limits.elements(joined.size());
      }
    }
    return new ArrayValue(joined);
  }

  private static List<String> keys(Value argument) {
    ArrayValue array = Arguments.array(argument);
    if (array.elements().isEmpty()) {
      throw new ValueException(array, "combine_maps: merge conditions must not be empty");
    }
    return array.elements().stream().map(Conversions::text).toList();
  }

  private static boolean matches(ObjectValue one, ObjectValue other, List<String> keys) {
    for (String key : keys) {
      Value left = one.fields().get(key);
      Value right = other.fields().get(key);
      if (left == null || right == null || !Equality.equal(left, right)) {
        return false;
      }
    }
    return true;
  }

  private static Value merge(ObjectValue one, ObjectValue other) {
    Map<String, Value> fields = new LinkedHashMap<>(one.fields());
    fields.putAll(other.fields());
    return new ObjectValue(Collections.unmodifiableMap(fields));
  }

  /// Groups objects by the text of one field, groups in order of their first object.
  private static Value groupBy(List<Value> arguments) {
    if (arguments.size() != 3) {
      throw new IllegalArgumentException("group_by: expected 3 arguments, got " + arguments.size());
    }
    List<ObjectValue> objects = objects(arguments.get(0));
    String key = string(arguments.get(1));
    boolean dropMissing = bool(arguments.get(2));
    Map<String, List<Value>> groups = new LinkedHashMap<>();
    for (ObjectValue object : objects) {
      Value value = object.fields().get(key);
      if (value != null || !dropMissing) {
        String group = value == null ? "" : string(value);
        groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(object);
      }
    }
    List<Value> result = new ArrayList<>(groups.size());
    groups.forEach((group, items) -> result.add(group(key, group, items)));
    return new ArrayValue(result);
  }

  private static Value group(String key, String group, List<Value> items) {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put(key, new StringValue(group));
    fields.put("items", new ArrayValue(items));
    return new ObjectValue(Collections.unmodifiableMap(fields));
  }

  private static List<ObjectValue> objects(Value argument) {
    List<ObjectValue> objects = new ArrayList<>();
    for (Value element : Arguments.array(argument).elements()) {
      if (!(element instanceof ObjectValue object)) {
        throw ValueException.type(element, Types.OBJECT);
      }
      objects.add(object);
    }
    return objects;
  }

  /// Text proper: these functions convert nothing.
  private static String string(Value value) {
    if (value instanceof StringValue text) {
      return text.text();
    }
    throw ValueException.type(value, Types.STRING);
  }

  private static boolean bool(Value value) {
    if (value instanceof BoolValue bool) {
      return bool.value();
    }
    throw ValueException.type(value, Types.BOOL);
  }
}
