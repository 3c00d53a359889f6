package dev.weir.agent.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Takes text, lists and maps to parts, and looks at all parts.
final class PartFunctions {
  private PartFunctions() {}

  static void addTo(Functions functions) {
    functions.texts("split", (separator, text) -> numbered(parts(separator, text, -1)));
    functions.exactly(
        "splitn",
        3,
        arguments ->
            numbered(
                parts(
                    Values.text(arguments, 0),
                    Values.text(arguments, 2),
                    (int) Values.whole(arguments, 1))));
    functions.exactly("toStrings", 1, arguments -> printed(Values.list(arguments, 0)));
    functions.exactly("chunk", 2, PartFunctions::chunks);
    functions.exactly(
        "compact",
        1,
        arguments -> Values.list(arguments, 0).stream().filter(Values::isTrue).toList());
    functions.add("all", 0, -1, arguments -> arguments.stream().allMatch(Values::isTrue));
    functions.add("any", 0, -1, arguments -> arguments.stream().anyMatch(Values::isTrue));
    functions.add("dig", 3, -1, PartFunctions::dig);
  }

  /// Nothing for a limit of 0, all for one below.
  private static List<String> parts(String separator, String text, int limit) {
    if (limit == 0) {
      return List.of();
    }
    if (separator.isEmpty()) {
      int most = limit < 0 ? text.length() : Math.min(limit, text.length());
      List<String> characters = new ArrayList<>(Arrays.asList(text.split("", most)));
      characters.removeIf(String::isEmpty);
      return characters;
    }
    return Arrays.asList(text.split(Pattern.quote(separator), limit));
  }

  private static Map<String, Object> numbered(List<String> parts) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      map.put("_" + i, parts.get(i));
    }
    return map;
  }

  private static List<String> printed(List<@Nullable Object> list) throws TemplateException {
    List<String> texts = new ArrayList<>();
    for (Object element : list) {
      if (element != null) {
        texts.add(Values.print(element));
      }
    }
    return texts;
  }

  private static List<Object> chunks(List<? extends @Nullable Object> arguments)
      throws TemplateException {
    int size = (int) Values.whole(arguments, 0);
    if (size <= 0) {
      throw new TemplateException("chunk size must be positive");
    }
    List<@Nullable Object> list = Values.list(arguments, 1);
    List<Object> chunks = new ArrayList<>();
    for (int from = 0; from < list.size(); from += size) {
      chunks.add(list.subList(from, Math.min(list.size(), from + size)));
    }
    return chunks;
  }

  /// Follows keys into maps: `dig "a" "b" DEFAULT map`.
  private static @Nullable Object dig(List<? extends @Nullable Object> arguments)
      throws TemplateException {
    int last = arguments.size() - 1;
    Object at = Values.map(arguments, last);
    for (int i = 0; i < last - 1; i++) {
      if (!(at instanceof Map<?, ?> map)) {
        throw new TemplateException("dig: " + Values.text(arguments, i) + " is not in a map");
      }
      String key = Values.text(arguments, i);
      if (!map.containsKey(key)) {
        return arguments.get(last - 1);
      }
      at = map.get(key);
    }
    return at;
  }
}
