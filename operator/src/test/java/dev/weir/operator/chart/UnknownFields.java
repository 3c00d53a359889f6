package dev.weir.operator.chart;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Fields of an object that its kind's model does not have: the model keeps them aside, at any
/// depth.
final class UnknownFields {
  private UnknownFields() {}

  /// Their paths, `spec.template.speck`.
  static List<String> in(HasMetadata object) throws ReflectiveOperationException {
    var found = new ArrayList<String>();
    collect(object, "", found);
    return found;
  }

  private static void collect(Object value, String path, List<String> found)
      throws ReflectiveOperationException {
    if (value instanceof Collection<?> items) {
      for (Object item : items) {
        collect(item, path + "[]", found);
      }
    } else if (value.getClass().getName().startsWith("io.fabric8.kubernetes.api.model")
        && !(value instanceof IntOrString)
        && !value.getClass().isEnum()) {
      fields(value, path, found);
    }
  }

  private static void fields(Object value, String path, List<String> found)
      throws ReflectiveOperationException {
    for (var method : value.getClass().getMethods()) {
      boolean getter = method.getName().startsWith("get") && method.getParameterCount() == 0;
      if (!getter || method.getDeclaringClass() == Object.class) {
        continue;
      }
      String name = method.getName().substring(3);
      Object field = method.invoke(value);
      if (name.equals("AdditionalProperties") && field instanceof Map<?, ?> unknown) {
        unknown.keySet().forEach(key -> found.add(path + "." + key));
      } else if (field != null) {
        collect(field, path + "." + name, found);
      }
    }
  }
}
