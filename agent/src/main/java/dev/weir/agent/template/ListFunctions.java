package dev.weir.agent.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Functions on lists.
final class ListFunctions {
  private static final int MOST = 100_000;

  private ListFunctions() {}

  static void addTo(Functions functions) {
    functions.add("list", 0, -1, ArrayList::new);
    functions.add("tuple", 0, -1, ArrayList::new);
    functions.exactly("first", 1, arguments -> at(Values.list(arguments, 0), false));
    functions.exactly("last", 1, arguments -> at(Values.list(arguments, 0), true));
    functions.exactly("rest", 1, arguments -> without(Values.list(arguments, 0), true));
    functions.exactly("initial", 1, arguments -> without(Values.list(arguments, 0), false));
    functions.exactly("has", 2, arguments -> Values.list(arguments, 1).contains(arguments.get(0)));
    functions.add("without", 1, -1, ListFunctions::withoutThese);
    functions.exactly("reverse", 1, arguments -> Values.list(arguments, 0).reversed());
    functions.exactly(
        "uniq", 1, arguments -> new ArrayList<>(new LinkedHashSet<>(Values.list(arguments, 0))));
    functions.exactly("append", 2, arguments -> extended(arguments, false));
    functions.exactly("push", 2, arguments -> extended(arguments, false));
    functions.exactly("prepend", 2, arguments -> extended(arguments, true));
    functions.add("concat", 0, -1, ListFunctions::concatenated);
    functions.add("slice", 1, 3, ListFunctions::slice);
    functions.exactly("join", 2, ListFunctions::joined);
    functions.exactly("sortAlpha", 1, ListFunctions::sorted);
    functions.exactly("until", 1, arguments -> steps(0, Values.whole(arguments, 0), 1));
    functions.exactly(
        "untilStep",
        3,
        arguments ->
            steps(
                Values.whole(arguments, 0),
                Values.whole(arguments, 1),
                Values.whole(arguments, 2)));
    functions.add("seq", 0, 3, ListFunctions::sequence);
    functions.texts(
        "splitList",
        (separator, text) -> List.of(text.split(java.util.regex.Pattern.quote(separator), -1)));
  }

  private static @Nullable Object at(List<@Nullable Object> list, boolean last) {
    return list.isEmpty() ? null : last ? list.getLast() : list.getFirst();
  }

  private static List<@Nullable Object> without(List<@Nullable Object> list, boolean first) {
    if (list.isEmpty()) {
      return list;
    }
    return first ? list.subList(1, list.size()) : list.subList(0, list.size() - 1);
  }

  private static List<@Nullable Object> withoutThese(List<? extends @Nullable Object> arguments)
      throws TemplateException {
    List<@Nullable Object> list = Values.list(arguments, 0);
    list.removeAll(arguments.subList(1, arguments.size()));
    return list;
  }

  private static List<@Nullable Object> extended(
      List<? extends @Nullable Object> arguments, boolean front) throws TemplateException {
    List<@Nullable Object> list = Values.list(arguments, 0);
    list.add(front ? 0 : list.size(), arguments.get(1));
    return list;
  }

  private static List<@Nullable Object> concatenated(List<? extends @Nullable Object> arguments)
      throws TemplateException {
    List<@Nullable Object> all = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      all.addAll(Values.list(arguments, i));
    }
    return all;
  }

  private static List<@Nullable Object> slice(List<? extends @Nullable Object> arguments)
      throws TemplateException {
    List<@Nullable Object> list = Values.list(arguments, 0);
    int from = arguments.size() > 1 ? (int) Values.whole(arguments, 1) : 0;
    int to = arguments.size() > 2 ? (int) Values.whole(arguments, 2) : list.size();
    return list.subList(from, to);
  }

  private static String joined(List<? extends @Nullable Object> arguments)
      throws TemplateException {
    String separator = Values.text(arguments, 0);
    List<String> texts = texts(arguments.get(1));
    long length = texts.stream().mapToLong(text -> text.length() + separator.length()).sum();
    Growth.check(length);
    return String.join(separator, texts);
  }

  private static List<String> texts(@Nullable Object value) throws TemplateException {
    List<String> texts = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object element : list) {
        if (element != null) {
          texts.add(Values.print(element));
        }
      }
    } else if (value != null) {
      texts.add(Values.print(value));
    }
    return texts;
  }

  private static List<String> sorted(List<? extends @Nullable Object> arguments)
      throws TemplateException {
    List<String> texts = texts(arguments.get(0));
    Collections.sort(texts);
    return texts;
  }

  private static List<@Nullable Object> steps(long from, long to, long step)
      throws TemplateException {
    long distance = Math.subtractExact(to, from);
    if (step == 0 || distance / step > MOST) {
      throw new TemplateException("too many steps");
    }
    long count = distance / step + (distance % step == 0 ? 0 : 1);
    List<@Nullable Object> numbers = new ArrayList<>();
    boolean towards = distance > 0 == step > 0;
    for (long i = 0; towards && i < count; i++) {
      numbers.add(from + i * step);
    }
    return numbers;
  }

  private static String sequence(List<? extends @Nullable Object> arguments)
      throws TemplateException {
    if (arguments.isEmpty()) {
      return "";
    }
    boolean one = arguments.size() == 1;
    long from = one ? 1 : Values.whole(arguments, 0);
    long to = Values.whole(arguments, arguments.size() - 1);
    long step = arguments.size() == 3 ? Values.whole(arguments, 1) : to >= from ? 1 : -1;
    List<String> texts = new ArrayList<>();
    for (Object number : steps(from, step > 0 ? to + 1 : to - 1, step)) {
      texts.add(String.valueOf(number));
    }
    return String.join(" ", texts);
  }
}
