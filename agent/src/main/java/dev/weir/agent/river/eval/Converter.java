package dev.weir.agent.river.eval;

import dev.weir.agent.river.eval.Value.ArrayValue;
import dev.weir.agent.river.eval.Value.CapsuleValue;
import dev.weir.agent.river.eval.Value.NullValue;
import dev.weir.agent.river.eval.Value.ObjectValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Makes Java objects of one type from values.
///
/// Thread-safe.
sealed interface Converter {
  /// The River type that it takes, for messages.
  String type();

  /// Whether what is given for it must not be shown, even when it is of the wrong type.
  default boolean isSecret() {
    return false;
  }

  /// The object; of null the zero value of the type.
  ///
  /// @throws ValueException when there is none
  Object convert(Value value);

  /// Text, numbers and all else that holds nothing.
  record Scalar(String type, Function<Value, Object> conversion) implements Converter {
    @Override
    public Object convert(Value value) {
      return conversion.apply(value);
    }
  }

  /// A secret.
  record Hidden(Function<Value, Object> conversion) implements Converter {
    @Override
    public String type() {
      return Types.CAPSULE;
    }

    @Override
    public boolean isSecret() {
      return true;
    }

    @Override
    public Object convert(Value value) {
      return conversion.apply(value);
    }
  }

  /// Any value, as it is.
  record Any() implements Converter {
    @Override
    public String type() {
      return Types.OBJECT;
    }

    @Override
    public Object convert(Value value) {
      return value;
    }
  }

  /// An object passed by reference.
  record Reference(Class<?> target, String name) implements Converter {
    @Override
    public String type() {
      return Types.CAPSULE;
    }

    @Override
    public Object convert(Value value) {
      if (!(value instanceof CapsuleValue capsule)) {
        throw ValueException.type(value, Types.CAPSULE);
      }
      if (!target.isInstance(capsule.object())) {
        throw new ValueException(
            value, "expected capsule(\"" + name + "\"), got " + capsule.kind());
      }
      return capsule.object();
    }
  }

  /// An immutable list.
  record Elements(Converter element) implements Converter {
    @Override
    public String type() {
      return Types.ARRAY;
    }

    @Override
    public boolean isSecret() {
      return element.isSecret();
    }

    @Override
    public Object convert(Value value) {
      if (value instanceof NullValue) {
        return List.of();
      }
      if (!(value instanceof ArrayValue array)) {
        throw ValueException.type(value, type(), isSecret());
      }
      List<Object> out = new ArrayList<>(array.elements().size());
      for (Value part : array.elements()) {
        try {
          out.add(element.convert(part));
        } catch (ValueException e) {
          throw e.inElement(array, out.size());
        }
      }
      return Collections.unmodifiableList(out);
    }
  }

  /// An immutable map, in order of the source.
  record Fields(Converter field) implements Converter {
    @Override
    public String type() {
      return Types.OBJECT;
    }

    @Override
    public boolean isSecret() {
      return field.isSecret();
    }

    @Override
    public Object convert(Value value) {
      if (value instanceof NullValue) {
        return Map.of();
      }
      if (!(value instanceof ObjectValue object)) {
        throw ValueException.type(value, type(), isSecret());
      }
      Map<String, Object> out = LinkedHashMap.newLinkedHashMap(object.fields().size());
      object
          .fields()
          .forEach((name, part) -> {
            try {
              out.put(name, field.convert(part));
            } catch (ValueException e) {
              throw e.inField(object, name);
            }
          });
      return Collections.unmodifiableMap(out);
    }
  }

  /// A record, given as an object.
  record Nested(Class<? extends Record> target) implements Converter {
    @Override
    public String type() {
      return Types.OBJECT;
    }

    @Override
    public Object convert(Value value) {
      if (!(value instanceof ObjectValue object)) {
        throw ValueException.type(value, type());
      }
      var draft = new Draft(RecordShape.of(target));
      object.fields().forEach((name, part) -> set(draft, object, name, part));
      draft
          .missing()
          .ifPresent(field -> {
            throw new ValueException(value, Refusals.missing(field));
          });
      return draft.build();
    }

    private static void set(Draft draft, ObjectValue object, String name, Value part) {
      Draft.Slot slot = draft.find(name);
      if (slot == null || !slot.field().attribute()) {
        throw new ValueException(object, "does not have field named " + Refusals.quote(name));
      }
      try {
        slot.set(slot.field().convert(part));
      } catch (ValueException e) {
        throw e.inField(object, name);
      }
    }
  }
}
