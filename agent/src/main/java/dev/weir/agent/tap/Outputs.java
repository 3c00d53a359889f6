package dev.weir.agent.tap;

import dev.weir.agent.loki.Receiver;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Where arguments say to whom a component passes lines on: its list of receivers.
final class Outputs {
  private Outputs() {}

  /// Whether such arguments have one.
  static boolean any(Class<? extends Record> arguments) {
    return component(arguments).isPresent();
  }

  /// The receivers that the arguments name.
  static List<Receiver> of(Record arguments) {
    return component(arguments.getClass())
        .map(component -> receivers(component, arguments))
        .orElse(List.of());
  }

  /// The arguments with another first receiver. It sees every batch once, however many there are.
  static <A extends Record> A withFirst(A arguments, UnaryOperator<Receiver> change) {
    RecordComponent changed = component(arguments.getClass()).orElseThrow();
    List<Receiver> receivers = new ArrayList<>(receivers(changed, arguments));
    receivers.set(0, change.apply(receivers.getFirst()));
    RecordComponent[] components = arguments.getClass().getRecordComponents();
    @Nullable Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      boolean same = !components[i].getName().equals(changed.getName());
      values[i] = same ? read(components[i], arguments) : List.copyOf(receivers);
    }
    return made(arguments, components, values);
  }

  private static Optional<RecordComponent> component(Class<? extends Record> arguments) {
    return Arrays.stream(arguments.getRecordComponents())
        .filter(component ->
            component.getGenericType() instanceof ParameterizedType type
                && type.getRawType() == List.class
                && type.getActualTypeArguments()[0] == Receiver.class)
        .findFirst();
  }

  private static List<Receiver> receivers(RecordComponent component, Record arguments) {
    List<Receiver> receivers = new ArrayList<>();
    if (read(component, arguments) instanceof List<?> list) {
      list.forEach(each -> receivers.add((Receiver) each));
    }
    return receivers;
  }

  private static @Nullable Object read(RecordComponent component, Record arguments) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }

  @SuppressWarnings("unchecked") // of the same class
  private static <A extends Record> A made(
      A like, RecordComponent[] components, @Nullable Object[] values) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = like.getClass().getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return (A) constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make " + like.getClass(), e);
    }
  }
}
