package dev.weir.operator.render;

import java.util.ArrayList;
import java.util.List;

/// Writes selectors of LogQL. What is given as text is a string of the selector and nothing else.
final class LogqlText {
  /// Matches every entry: no entry has this label.
  private static final String ANY = "__weir_none=\"\"";

  private final List<String> matchers = new ArrayList<>();
  private final List<String> filters = new ArrayList<>();

  /// @param name an identifier that was checked
  LogqlText label(String name, String operator, String value) {
    if (!Names.isLabel(name)) {
      throw new IllegalArgumentException("no label's name: " + name);
    }
    matchers.add(name + operator + quote(value));
    return this;
  }

  LogqlText line(String operator, String text) {
    filters.add(operator + " " + quote(text));
    return this;
  }

  boolean isEmpty() {
    return matchers.isEmpty() && filters.isEmpty();
  }

  String text() {
    String inside = matchers.isEmpty() ? ANY : String.join(", ", matchers);
    return filters.isEmpty() ? "{" + inside + "}" : "{" + inside + "} " + String.join(" ", filters);
  }

  /// A string literal of LogQL.
  static String quote(String text) {
    var out = new StringBuilder(text.length() + 2).append('"');
    text.codePoints().forEach(c -> append(out, c));
    return out.append('"').toString();
  }

  private static void append(StringBuilder out, int c) {
    if (c == '"' || c == '\\') {
      out.append('\\').appendCodePoint(c);
    } else if (c < ' ' || c == 0x7f || (c >= 0xD800 && c <= 0xDFFF)) {
      out.append("\\u").append(Names.hex(c, 4));
    } else {
      out.appendCodePoint(c);
    }
  }
}
