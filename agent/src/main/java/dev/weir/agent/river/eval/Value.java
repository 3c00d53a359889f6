package dev.weir.agent.river.eval;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A value of the River language. Immutable.
public sealed interface Value {
  /// The name of the kind as messages have it: `string`, `capsule("secret")`.
  String kind();

  /// `null`
  record NullValue() implements Value {
    public static final NullValue NULL = new NullValue();

    @Override
    public String kind() {
      return "null";
    }
  }

  /// A number: `Long`, or `Double`; unsigned integers beyond `Long` are doubles.
  record NumberValue(Number number) implements Value {
    @Override
    public String kind() {
      return "number";
    }
  }

  /// Text. Go's strings are bytes; here they are UTF-16, and configuration is valid UTF-8.
  record StringValue(String text) implements Value {
    @Override
    public String kind() {
      return "string";
    }
  }

  /// `true` or `false`
  record BoolValue(boolean value) implements Value {
    @Override
    public String kind() {
      return "bool";
    }
  }

  /// `[a, b]`
  record ArrayValue(List<Value> elements) implements Value {
    public ArrayValue {
      elements = List.copyOf(elements);
    }

    @Override
    public String kind() {
      return "array";
    }
  }

  /// `{ a = 1 }`, in order of the source
  record ObjectValue(Map<String, Value> fields) implements Value {
    @Override
    public String kind() {
      return "object";
    }
  }

  /// A function of the standard library.
  record FunctionValue(String name, Function function) implements Value {
    @Override
    public String kind() {
      return "function";
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /// A Java object passed by reference; its class carries [Capsule], or is [Secret].
  record CapsuleValue(String name, Object object) implements Value {
    @Override
    public String kind() {
      return "capsule(\"" + name + "\")";
    }
  }

  /// What a call runs.
  @FunctionalInterface
  interface Function {
    /// Computes the result.
    ///
    /// @throws IllegalArgumentException with a message for the user
    Value call(List<Value> arguments);
  }
}
