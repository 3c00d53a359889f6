package dev.weir.agent.river.eval;

import dev.weir.agent.river.eval.Value.ArrayValue;
import dev.weir.agent.river.eval.Value.Function;
import dev.weir.agent.river.eval.Value.StringValue;
import java.util.ArrayList;
import java.util.List;

/// The arguments of a call, read as the types that a function wants.
///
/// Methods throw [ValueException] about the argument that cannot be read so.
final class Arguments {
  private final List<Value> values;

  private Arguments(List<Value> values) {
    this.values = values;
  }

  /// What a function does with its arguments.
  @FunctionalInterface
  interface Body {
    /// The result.
    ///
    /// @throws IllegalArgumentException with a message for the user
    Value call(Arguments arguments);
  }

  /// What a function that gives text does with its arguments.
  @FunctionalInterface
  interface TextBody {
    /// The result.
    ///
    /// @throws IllegalArgumentException with a message for the user
    String call(Arguments arguments);
  }

  /// A function of so many arguments.
  static Function fixed(int count, Body body) {
    return values -> {
      if (values.size() != count) {
        throw new IllegalArgumentException("expected " + count + " args, got " + values.size());
      }
      return body.call(new Arguments(values));
    };
  }

  /// A function of so many arguments that gives text.
  static Function text(int count, TextBody body) {
    return fixed(count, arguments -> new StringValue(body.call(arguments)));
  }

  /// A function of so many arguments or more.
  static Function atLeast(int count, Body body) {
    return values -> {
      if (values.size() < count) {
        throw new IllegalArgumentException(
            "expected at least " + count + " args, got " + values.size());
      }
      return body.call(new Arguments(values));
    };
  }

  int count() {
    return values.size();
  }

  Value value(int index) {
    return values.get(index);
  }

  String text(int index) {
    return Conversions.text(values.get(index));
  }

  ArrayValue array(int index) {
    return array(values.get(index));
  }

  static ArrayValue array(Value value) {
    if (value instanceof ArrayValue array) {
      return array;
    }
    throw ValueException.type(value, Types.ARRAY);
  }

  /// A list of texts; null is an empty one.
  List<String> texts(int index) {
    Value value = values.get(index);
    if (value instanceof Value.NullValue) {
      return List.of();
    }
    ArrayValue array = array(value);
    List<String> texts = new ArrayList<>(array.elements().size());
    for (Value element : array.elements()) {
      try {
        texts.add(Conversions.text(element));
      } catch (ValueException e) {
        throw e.inElement(array, texts.size());
      }
    }
    return texts;
  }
}
