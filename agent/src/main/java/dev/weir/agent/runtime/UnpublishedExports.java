package dev.weir.agent.runtime;

import dev.weir.agent.river.eval.Name;
import dev.weir.agent.river.eval.Value;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// What a component exports before it has published: every field, and nothing in them. A null
/// decodes as an empty list, an empty text and so on.
final class UnpublishedExports {
  private UnpublishedExports() {}

  static Value of(Class<? extends Record> exports) {
    Map<String, Value> fields = new LinkedHashMap<>();
    for (RecordComponent field : exports.getRecordComponents()) {
      fields.put(nameOf(field), Value.NullValue.NULL);
    }
    return new Value.ObjectValue(fields);
  }

  private static String nameOf(RecordComponent field) {
    Name name = field.getAnnotation(Name.class);
    if (name != null) {
      return name.value();
    }
    return field.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
