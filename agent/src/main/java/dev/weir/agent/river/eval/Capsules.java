package dev.weir.agent.river.eval;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The names of types that are passed by reference.
final class Capsules {
  private static final ClassValue<Optional<String>> NAMES =
      new ClassValue<>() {
        @Override
        protected Optional<String> computeValue(Class<?> type) {
          return Optional.ofNullable(find(type));
        }
      };

  private Capsules() {}

  /// The name that a class or anything it extends is marked with.
  static Optional<String> name(Class<?> type) {
    return NAMES.get(type);
  }

  private static @Nullable String find(@Nullable Class<?> type) {
    if (type == null) {
      return null;
    }
    Capsule own = type.getAnnotation(Capsule.class);
    if (own != null) {
      return own.value();
    }
    for (Class<?> parent : type.getInterfaces()) {
      String name = find(parent);
      if (name != null) {
        return name;
      }
    }
    return find(type.getSuperclass());
  }
}
