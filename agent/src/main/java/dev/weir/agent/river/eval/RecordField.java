package dev.weir.agent.river.eval;

import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.river.Parser;
import dev.weir.agent.river.SourceFile;
import dev.weir.agent.river.eval.Value.NullValue;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A component of a record of arguments: its name in River and the form it is given in.
final class RecordField {
  private static final Pattern CAPITAL = Pattern.compile("([A-Z])");

  /// How the configuration gives a component.
  enum Form {
    ATTRIBUTE,
    BLOCK,
    BLOCKS,
    FAMILY,
    SQUASH,
    LABEL
  }

  private final RecordComponent component;
  private final String name;
  private final Form form;
  private final boolean nullable;
  private final @Nullable Default fallback;
  private final @Nullable BlockFamilyField family;

  // Computed at first use; two threads may both do so, with the same result.
  private volatile @Nullable Object defaultValue;
  private volatile @Nullable Converter converter;
  private volatile @Nullable Map<String, Class<? extends Record>> members;

  RecordField(RecordComponent component) {
    this.component = component;
    component.getAccessor().setAccessible(true);
    form = form(component);
    name = name(component);
    nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    fallback = component.getAnnotation(Default.class);
    family = component.getAnnotation(BlockFamilyField.class);
  }

  private static Form form(RecordComponent component) {
    if (component.isAnnotationPresent(BlockFamilyField.class)) {
      return Form.FAMILY;
    }
    if (component.isAnnotationPresent(BlockField.class)) {
      return component.getType() == List.class ? Form.BLOCKS : Form.BLOCK;
    }
    if (component.isAnnotationPresent(Squash.class)) {
      return Form.SQUASH;
    }
    return component.isAnnotationPresent(Label.class) ? Form.LABEL : Form.ATTRIBUTE;
  }

  private static String name(RecordComponent component) {
    Name given = component.getAnnotation(Name.class);
    if (given != null) {
      return given.value();
    }
    BlockFamilyField family = component.getAnnotation(BlockFamilyField.class);
    if (family != null) {
      return family.prefix();
    }
    return CAPITAL.matcher(component.getName()).replaceAll("_$1").toLowerCase(Locale.ROOT);
  }

  String name() {
    return name;
  }

  Form form() {
    return form;
  }

  boolean attribute() {
    return form == Form.ATTRIBUTE;
  }

  boolean required() {
    return (form == Form.ATTRIBUTE || form == Form.BLOCK) && !nullable && fallback == null;
  }

  /// The record that the component is, or that its list holds.
  Class<? extends Record> recordType() {
    Type type = component.getGenericType();
    if (type instanceof ParameterizedType generic) {
      type = generic.getActualTypeArguments()[0];
    }
    return ((Class<?>) type).asSubclass(Record.class);
  }

  /// The members of a family, by the name after the prefix.
  Map<String, Class<? extends Record>> members() {
    Map<String, Class<? extends Record>> known = members;
    if (known == null) {
      known = family == null ? Map.of() : makeMembers(family);
      members = known;
    }
    return known;
  }

  private static Map<String, Class<? extends Record>> makeMembers(BlockFamilyField family) {
    try {
      return Map.copyOf(family.family().getConstructor().newInstance().members());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot list the blocks of " + family.prefix(), e);
    }
  }

  /// What an attribute takes. Exports may be of types that no attribute can be read into.
  Converter converter() {
    Converter known = converter;
    if (known == null) {
      known = Converters.of(component.getGenericType());
      converter = known;
    }
    return known;
  }

  /// The object that an attribute's value stands for.
  ///
  /// @throws ValueException when it stands for none
  @Nullable Object convert(Value value) {
    return nullable && value instanceof NullValue ? null : converter().convert(value);
  }

  /// What the component is where the configuration leaves it out.
  @Nullable Object defaultValue() {
    if (form == Form.BLOCKS || form == Form.FAMILY) {
      return List.of();
    }
    if (fallback == null) {
      return null;
    }
    Object known = defaultValue;
    if (known == null) {
      known = form == Form.BLOCK ? emptyBlock() : evaluated(fallback.value());
      defaultValue = known;
    }
    return known;
  }

  private Record emptyBlock() {
    return new Draft(RecordShape.of(recordType())).build();
  }

  private Object evaluated(String text) {
    try {
      var source = SourceFile.of("default of " + name, text);
      return converter().convert(Evaluator.evaluate(Parser.parseExpression(source), Scope.EMPTY));
    } catch (DiagnosticsException | ValueException e) {
      throw new IllegalStateException("wrong default of " + component, e);
    }
  }

  /// The component's value in a record.
  @Nullable Object read(Record record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }
}
