package dev.weir.agent.reference;

import dev.weir.agent.loki.Receiver;
import dev.weir.agent.relabel.Rules;
import dev.weir.agent.river.eval.BlockFamilyField;
import dev.weir.agent.river.eval.BlockField;
import dev.weir.agent.river.eval.ByteSize;
import dev.weir.agent.river.eval.Default;
import dev.weir.agent.river.eval.Label;
import dev.weir.agent.river.eval.Name;
import dev.weir.agent.river.eval.OptionalSecret;
import dev.weir.agent.river.eval.Secret;
import dev.weir.agent.river.eval.Squash;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A component of a record of arguments or exports, as a user sees it.
record Argument(RecordComponent component) {
  /// Those of a record, with those of records squashed into it in their place.
  static List<Argument> of(Class<? extends Record> record) {
    return Arrays.stream(record.getRecordComponents())
        .flatMap(component ->
            component.isAnnotationPresent(Squash.class)
                ? of(component.getType().asSubclass(Record.class)).stream()
                : Stream.of(new Argument(component)))
        .filter(argument -> !argument.component.isAnnotationPresent(Label.class))
        .toList();
  }

  String name() {
    Name given = component.getAnnotation(Name.class);
    return given != null
        ? given.value()
        : component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  boolean isBlock() {
    return component.isAnnotationPresent(BlockField.class);
  }

  boolean isFamily() {
    return component.isAnnotationPresent(BlockFamilyField.class);
  }

  /// Whether any number of such blocks may stand there.
  boolean isRepeated() {
    return component.getType() == List.class;
  }

  boolean required() {
    return !isRepeatedBlock()
        && !component.isAnnotationPresent(Default.class)
        && !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private boolean isRepeatedBlock() {
    return isBlock() && isRepeated();
  }

  /// The default as River writes it.
  String fallback() {
    Default given = component.getAnnotation(Default.class);
    if (given != null) {
      return "`" + given.value() + "`";
    }
    return required() ? "required" : "`null`";
  }

  /// The record that a block decodes into.
  Class<? extends Record> block() {
    Type type = component.getGenericType();
    if (type instanceof ParameterizedType list) {
      type = list.getActualTypeArguments()[0];
    }
    return ((Class<?>) type).asSubclass(Record.class);
  }

  /// What the record's Javadoc says of it; empty when it says nothing.
  String text() {
    Class<? extends Record> owner = component.getDeclaringRecord().asSubclass(Record.class);
    return ParameterDocs.of(owner).getOrDefault(component.getName(), "");
  }

  String type() {
    return type(component.getGenericType());
  }

  private static String type(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] of = generic.getActualTypeArguments();
      return (generic.getRawType() == Map.class ? "map(" : "list(") + type(of[of.length - 1]) + ")";
    }
    if (type instanceof Class<?> plain) {
      return plainType(plain);
    }
    throw new IllegalStateException("no type of arguments: " + type);
  }

  private static String plainType(Class<?> type) {
    if (type == boolean.class) {
      return "bool";
    }
    if (type == int.class
        || type == long.class
        || type == double.class
        || Number.class.isAssignableFrom(type)) {
      return "number";
    }
    Map<Class<?>, String> names =
        Map.of(
            Duration.class, "duration",
            ByteSize.class, "size",
            Secret.class, "secret",
            OptionalSecret.class, "secret or string",
            Receiver.class, "receiver",
            Rules.class, "rules");
    return names.getOrDefault(type, "string");
  }
}
