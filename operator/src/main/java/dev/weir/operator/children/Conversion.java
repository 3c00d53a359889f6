package dev.weir.operator.children;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.LinkedHashMap;
import java.util.Map;

/// Objects as trees, and back. Thread-safe.
final class Conversion {
  private static final KubernetesSerialization SERIALIZATION =
      new KubernetesSerialization(new ObjectMapper(), false);

  private Conversion() {}

  static <T> T convert(Object value, Class<T> type) {
    return SERIALIZATION.convertValue(value, type);
  }

  /// An object of JSON whose fields keep the order in which they are given.
  ///
  /// @param pairs name, value, name, value
  static Map<String, Object> object(Object... pairs) {
    var object = new LinkedHashMap<String, Object>();
    for (int index = 0; index < pairs.length; index += 2) {
      object.put((String) pairs[index], pairs[index + 1]);
    }
    return object;
  }
}
