package dev.weir.agent.template;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The functions of `text/template` itself.
final class BuiltinFunctions {
  private BuiltinFunctions() {}

  static void addTo(Functions functions) {
    functions.exactly("not", 1, arguments -> !Values.isTrue(arguments.get(0)));
    functions.exactly("len", 1, arguments -> length(arguments.get(0)));
    functions.add("index", 1, -1, BuiltinFunctions::index);
    functions.add("print", 0, -1, Values::sprint);
    functions.add("println", 0, -1, BuiltinFunctions::println);
    functions.add(
        "printf",
        1,
        -1,
        arguments ->
            Values.format(Values.text(arguments, 0), arguments.subList(1, arguments.size())));
    functions.add("html", 0, -1, arguments -> html(Values.sprint(arguments)));
    functions.add("js", 0, -1, arguments -> js(Values.sprint(arguments)));
    functions.add(
        "urlquery",
        0,
        -1,
        arguments -> URLEncoder.encode(Values.sprint(arguments), StandardCharsets.UTF_8));
    functions.add("eq", 2, -1, BuiltinFunctions::anyEqual);
    functions.exactly("ne", 2, arguments -> !equal(arguments.get(0), arguments.get(1)));
    functions.exactly("lt", 2, arguments -> order(arguments) < 0);
    functions.exactly("le", 2, arguments -> order(arguments) <= 0);
    functions.exactly("gt", 2, arguments -> order(arguments) > 0);
    functions.exactly("ge", 2, arguments -> order(arguments) >= 0);
  }

  private static long length(@Nullable Object value) throws TemplateException {
    return switch (value) {
      case String text -> text.getBytes(StandardCharsets.UTF_8).length;
      case List<?> list -> list.size();
      case Map<?, ?> map -> map.size();
      case null, default -> throw new TemplateException("len of type " + Values.type(value));
    };
  }

  private static @Nullable Object index(List<? extends @Nullable Object> arguments)
      throws TemplateException {
    Object value = arguments.get(0);
    for (int i = 1; i < arguments.size(); i++) {
      value =
          switch (value) {
            case Map<?, ?> map -> map.get(Values.text(arguments, i));
            case List<?> list -> list.get((int) Values.whole(arguments, i));
            case String text ->
                (long)
                    (text.getBytes(StandardCharsets.UTF_8)[(int) Values.whole(arguments, i)]
                        & 0xff);
            case null, default ->
                throw new TemplateException("can't index item of type " + Values.type(value));
          };
    }
    return value;
  }

  private static String println(List<? extends @Nullable Object> arguments)
      throws TemplateException {
    var out = new StringBuilder();
    for (Object argument : arguments) {
      out.append(out.isEmpty() ? "" : " ").append(Values.print(argument));
    }
    return out.append('\n').toString();
  }

  private static String html(String text) {
    return text.replace("&", "&amp;")
        .replace("'", "&#39;")
        .replace("\"", "&#34;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\0", "\ufffd");
  }

  private static String js(String text) {
    var out = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '\\' -> out.append("\\\\");
            case '\'' -> out.append("\\'");
            case '"' -> out.append("\\\"");
            case '<' -> out.append("\\u003C");
            case '>' -> out.append("\\u003E");
            case '&' -> out.append("\\u0026");
            case '=' -> out.append("\\u003D");
            default -> {
              if (c < ' ') {
                out.append(String.format("\\u%04X", c));
              } else {
                out.appendCodePoint(c);
              }
            }
          }
        });
    return out.toString();
  }

  private static boolean anyEqual(List<? extends @Nullable Object> arguments)
      throws TemplateException {
    for (int i = 1; i < arguments.size(); i++) {
      if (equal(arguments.get(0), arguments.get(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean equal(@Nullable Object a, @Nullable Object b) throws TemplateException {
    if (a == null || b == null) {
      return a == null && b == null;
    }
    requireSameKind(a, b);
    if (a instanceof List || a instanceof Map) {
      throw new TemplateException("non-comparable type " + Values.type(a));
    }
    return a instanceof Number ? compare(a, b) == 0 : a.equals(b);
  }

  private static void requireSameKind(Object a, Object b) throws TemplateException {
    if (!Values.kind(a).equals(Values.kind(b))) {
      throw new TemplateException(
          "incompatible types for comparison: " + Values.type(a) + " and " + Values.type(b));
    }
  }

  private static int order(List<? extends @Nullable Object> arguments) throws TemplateException {
    Object a = arguments.get(0);
    Object b = arguments.get(1);
    if (a == null || b == null) {
      throw new TemplateException("invalid type for comparison");
    }
    requireSameKind(a, b);
    return compare(a, b);
  }

  private static int compare(Object a, Object b) throws TemplateException {
    return switch (a) {
      case String text -> text.compareTo((String) b);
      case Double number -> Double.compare(number, (Double) b);
      case Number number -> Long.compare(number.longValue(), ((Number) b).longValue());
      default -> throw new TemplateException("invalid type for comparison");
    };
  }
}
