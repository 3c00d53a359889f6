package dev.weir.agent.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Functions on maps.
final class MapFunctions {
  private MapFunctions() {}

  static void addTo(Functions functions) {
    functions.add("dict", 0, -1, MapFunctions::dict);
    functions.exactly(
        "get",
        2,
        arguments -> {
          Object value = Values.map(arguments, 0).get(Values.text(arguments, 1));
          return value == null ? "" : value;
        });
    functions.exactly(
        "hasKey", 2, arguments -> Values.map(arguments, 0).containsKey(Values.text(arguments, 1)));
    functions.add("keys", 0, -1, MapFunctions::keys);
    functions.exactly(
        "values", 1, arguments -> new ArrayList<>(copy(Values.map(arguments, 0)).values()));
    functions.add("pluck", 1, -1, MapFunctions::pluck);
    functions.add("pick", 1, -1, arguments -> chosen(arguments, true));
    functions.add("omit", 1, -1, arguments -> chosen(arguments, false));
    functions.exactly(
        "set",
        3,
        arguments -> {
          Map<String, @Nullable Object> map = copy(Values.map(arguments, 0));
          map.put(Values.text(arguments, 1), arguments.get(2));
          return map;
        });
    functions.exactly(
        "unset",
        2,
        arguments -> {
          Map<String, @Nullable Object> map = copy(Values.map(arguments, 0));
          map.remove(Values.text(arguments, 1));
          return map;
        });
  }

  private static Map<String, @Nullable Object> copy(Map<?, ?> map) {
    Map<String, @Nullable Object> copy = new TreeMap<>();
    map.forEach((key, value) -> copy.put(String.valueOf(key), value));
    return copy;
  }

  private static Map<String, @Nullable Object> dict(List<? extends @Nullable Object> arguments)
      throws TemplateException {
    Map<String, @Nullable Object> map = new TreeMap<>();
    for (int i = 0; i < arguments.size(); i += 2) {
      map.put(Values.print(arguments.get(i)), i + 1 < arguments.size() ? arguments.get(i + 1) : "");
    }
    return map;
  }

  private static List<@Nullable Object> keys(List<? extends @Nullable Object> arguments)
      throws TemplateException {
    List<@Nullable Object> keys = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      keys.addAll(copy(Values.map(arguments, i)).keySet());
    }
    return keys;
  }

  private static List<@Nullable Object> pluck(List<? extends @Nullable Object> arguments)
      throws TemplateException {
    String name = Values.text(arguments, 0);
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 1; i < arguments.size(); i++) {
      Map<?, ?> map = Values.map(arguments, i);
      if (map.containsKey(name)) {
        values.add(map.get(name));
      }
    }
    return values;
  }

  private static Map<String, @Nullable Object> chosen(
      List<? extends @Nullable Object> arguments, boolean keep) throws TemplateException {
    Map<String, @Nullable Object> map = copy(Values.map(arguments, 0));
    List<?> names = arguments.subList(1, arguments.size());
    map.keySet().removeIf(name -> names.contains(name) != keep);
    return map;
  }
}
