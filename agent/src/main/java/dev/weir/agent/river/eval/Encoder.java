package dev.weir.agent.river.eval;

import dev.weir.agent.go.GoDuration;
import dev.weir.agent.river.eval.RecordField.Form;
import dev.weir.agent.river.eval.Value.ArrayValue;
import dev.weir.agent.river.eval.Value.BoolValue;
import dev.weir.agent.river.eval.Value.CapsuleValue;
import dev.weir.agent.river.eval.Value.NullValue;
import dev.weir.agent.river.eval.Value.NumberValue;
import dev.weir.agent.river.eval.Value.ObjectValue;
import dev.weir.agent.river.eval.Value.StringValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes values of Java objects.
final class Encoder {
  private Encoder() {}

  static Value value(@Nullable Object object) {
    return switch (object) {
      case null -> NullValue.NULL;
      case Value value -> value;
      case String text -> new StringValue(text);
      case Boolean bool -> new BoolValue(bool);
      case Double number -> new NumberValue(number);
      case Float number -> new NumberValue(number.doubleValue());
      case Number number -> new NumberValue(number.longValue());
      case Duration duration -> new StringValue(GoDuration.format(duration));
      case Secret secret -> Secrets.value(secret);
      case OptionalSecret secret -> Secrets.value(secret);
      case Collection<?> elements -> array(elements);
      case Map<?, ?> fields -> object(fields);
      default -> other(object);
    };
  }

  private static Value array(Collection<?> elements) {
    List<Value> values = new ArrayList<>(elements.size());
    for (Object element : elements) {
      values.add(value(element));
    }
    return new ArrayValue(values);
  }

  private static Value object(Map<?, ?> fields) {
    Map<String, Value> values = LinkedHashMap.newLinkedHashMap(fields.size());
    fields.forEach((name, field) -> values.put(String.valueOf(name), value(field)));
    return new ObjectValue(Collections.unmodifiableMap(values));
  }

  private static Value other(Object object) {
    Optional<String> capsule = Capsules.name(object.getClass());
    if (capsule.isPresent()) {
      return new CapsuleValue(capsule.get(), object);
    }
    // A class that is made from text, an enum's constants included, is that text again.
    if (object instanceof Enum<?> || Converters.fromText(object.getClass()) != null) {
      return new StringValue(object.toString());
    }
    if (object instanceof Record record) {
      return record(record);
    }
    return new StringValue(object.toString());
  }

  /// An object with a field per component.
  static Value record(Record record) {
    Map<String, Value> fields = new LinkedHashMap<>();
    put(fields, record);
    return new ObjectValue(Collections.unmodifiableMap(fields));
  }

  private static void put(Map<String, Value> fields, Record record) {
    for (RecordField field : RecordShape.of(record.getClass()).fields()) {
      Object part = field.read(record);
      if (field.form() == Form.SQUASH && part instanceof Record squashed) {
        put(fields, squashed);
      } else {
        fields.put(field.name(), value(part));
      }
    }
  }
}
