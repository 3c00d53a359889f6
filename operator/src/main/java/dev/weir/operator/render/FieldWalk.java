package dev.weir.operator.render;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weir.operator.api.ClusterOnly;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Looks at every text of a resource, whatever field it stands in.
final class FieldWalk {
  private final boolean cluster;
  private final Problems problems;

  private FieldWalk(boolean cluster, Problems problems) {
    this.cluster = cluster;
    this.problems = problems;
  }

  /// Refuses texts that are no Unicode, and in pipelines of a namespace what only administrators
  /// may say. An API server with the CRDs does so too.
  ///
  /// @param cluster whether it is an administrator's
  static void check(Record spec, String path, boolean cluster, Problems problems) {
    new FieldWalk(cluster, problems).record(spec, path);
  }

  private void record(Record value, String path) {
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      String at = path + "." + name(component);
      Object inside = read(value, component);
      if (!cluster && component.isAnnotationPresent(ClusterOnly.class) && isGiven(inside)) {
        problems.invalid(at, "only a ClusterLogPipeline has this field; remove it");
      } else {
        any(inside, at);
      }
    }
  }

  private static boolean isGiven(@Nullable Object value) {
    return value != null && !(value instanceof List<?> list && list.isEmpty());
  }

  private void any(@Nullable Object value, String path) {
    switch (value) {
      case String text -> text(text, path);
      case Record inside -> record(inside, path);
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          any(list.get(i), path + "[" + i + "]");
        }
      }
      case Map<?, ?> map ->
          map.forEach((key, inside) -> {
            any(key, path);
            any(inside, path + "." + key);
          });
      case null, default -> {}
    }
  }

  private void text(String text, String path) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (Character.isSurrogate(c) && !pair) {
        problems.invalid(path, "is no text: half of a character stands at place " + i);
        return;
      }
      i += pair ? 1 : 0;
    }
  }

  private static @Nullable Object read(Record value, RecordComponent component) {
    try {
      return component.getAccessor().invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }

  private static String name(RecordComponent component) {
    JsonProperty given = component.getAccessor().getAnnotation(JsonProperty.class);
    return given == null ? component.getName() : given.value();
  }
}
