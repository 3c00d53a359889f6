package dev.weir.agent.river.eval;

import dev.weir.agent.river.eval.Converter.Any;
import dev.weir.agent.river.eval.Converter.Elements;
import dev.weir.agent.river.eval.Converter.Fields;
import dev.weir.agent.river.eval.Converter.Hidden;
import dev.weir.agent.river.eval.Converter.Nested;
import dev.weir.agent.river.eval.Converter.Reference;
import dev.weir.agent.river.eval.Converter.Scalar;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the converter of a Java type.
final class Converters {
  private static final Map<Class<?>, Converter> SCALARS =
      Map.ofEntries(
          Map.entry(String.class, new Scalar(Types.STRING, Conversions::text)),
          Map.entry(boolean.class, new Scalar(Types.BOOL, Conversions::bool)),
          Map.entry(Boolean.class, new Scalar(Types.BOOL, Conversions::bool)),
          Map.entry(int.class, new Scalar(Types.NUMBER, Conversions::integer)),
          Map.entry(Integer.class, new Scalar(Types.NUMBER, Conversions::integer)),
          Map.entry(long.class, new Scalar(Types.NUMBER, Converters::whole)),
          Map.entry(Long.class, new Scalar(Types.NUMBER, Converters::whole)),
          Map.entry(double.class, new Scalar(Types.NUMBER, Converters::real)),
          Map.entry(Double.class, new Scalar(Types.NUMBER, Converters::real)),
          Map.entry(Duration.class, new Scalar(Types.STRING, Conversions::duration)),
          Map.entry(Secret.class, new Hidden(Conversions::secret)),
          Map.entry(OptionalSecret.class, new Hidden(Conversions::optionalSecret)),
          Map.entry(Value.class, new Any()));

  private Converters() {}

  /// @throws IllegalStateException for a type that arguments cannot have
  static Converter of(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] parameters = generic.getActualTypeArguments();
      if (generic.getRawType() == List.class) {
        return new Elements(of(parameters[0]));
      }
      if (generic.getRawType() == Map.class && parameters[0] == String.class) {
        return new Fields(of(parameters[1]));
      }
    }
    if (type instanceof Class<?> plain) {
      return of(plain);
    }
    throw unsupported(type);
  }

  private static Converter of(Class<?> type) {
    Converter scalar = SCALARS.get(type);
    if (scalar != null) {
      return scalar;
    }
    Method fromText = fromText(type);
    if (fromText != null) {
      return new Scalar(
          Types.STRING, value -> Conversions.parsed(value, text -> invoke(fromText, text)));
    }
    Optional<String> capsule = Capsules.name(type);
    if (capsule.isPresent()) {
      return new Reference(type, capsule.get());
    }
    if (type.isRecord()) {
      return new Nested(type.asSubclass(Record.class));
    }
    throw unsupported(type);
  }

  private static IllegalStateException unsupported(Type type) {
    return new IllegalStateException("no argument can be of type " + type.getTypeName());
  }

  /// The method of a class that makes it from text, null without one.
  static @Nullable Method fromText(Class<?> type) {
    for (Method method : type.getDeclaredMethods()) {
      if (method.isAnnotationPresent(FromText.class) && Modifier.isStatic(method.getModifiers())) {
        method.setAccessible(true);
        return method;
      }
    }
    return null;
  }

  private static Object invoke(Method fromText, String text) {
    try {
      return fromText.invoke(null, text);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refusal) {
        throw refusal;
      }
      throw new IllegalStateException(fromText + " failed", e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Long whole(Value value) {
    return Conversions.number(value).longValue();
  }

  private static Double real(Value value) {
    return Conversions.number(value).doubleValue();
  }
}
