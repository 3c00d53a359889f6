package dev.weir.agent.logql;

import java.util.ArrayList;
import java.util.List;

/// Reads a selector. One use only.
final class SelectorParser {
  private static final String ESCAPES = "abfnrtv\\\"'";
  private static final String ESCAPED = "\u0007\b\f\n\r\t\u000b\\\"'";

  private final String text;
  private int at;

  SelectorParser(String text) {
    this.text = text;
  }

  Selector parse() {
    expect("{");
    List<LabelMatcher> matchers = new ArrayList<>();
    do {
      matchers.add(matcher());
    } while (accept(","));
    expect("}");
    List<LineFilter> filters = new ArrayList<>();
    while (!atEnd()) {
      String operator = operator("|=", "|~", "!=", "!~");
      if (operator.isEmpty()) {
        throw error("only line filters (|=, !=, |~, !~) may follow the stream selector");
      }
      filters.add(LineFilter.of(operator, string()));
    }
    return new Selector(text, matchers, filters);
  }

  private LabelMatcher matcher() {
    String name = name();
    String operator = operator("=~", "!~", "!=", "=");
    if (operator.isEmpty()) {
      throw error("expected one of =, !=, =~, !~");
    }
    return LabelMatcher.of(name, operator, string());
  }

  private String name() {
    space();
    int start = at;
    while (at < text.length() && isNamePart(text.charAt(at), at > start)) {
      at++;
    }
    if (at == start) {
      throw error("expected a label name");
    }
    return text.substring(start, at);
  }

  private static boolean isNamePart(char c, boolean inside) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '_'
        || (inside && ((c >= '0' && c <= '9') || c == ':' || c == '.'));
  }

  private String operator(String... operators) {
    space();
    for (String operator : operators) {
      if (text.startsWith(operator, at)) {
        at += operator.length();
        return operator;
      }
    }
    return "";
  }

  private String string() {
    space();
    if (at < text.length() && text.charAt(at) == '`') {
      return raw();
    }
    if (at >= text.length() || text.charAt(at) != '"') {
      throw error("expected a string");
    }
    at++;
    var out = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return out.toString();
      }
      if (c == '\\') {
        escape(out);
      } else {
        out.append(c);
      }
    }
    throw error("string not terminated");
  }

  private String raw() {
    int end = text.indexOf('`', at + 1);
    if (end < 0) {
      throw error("string not terminated");
    }
    String string = text.substring(at + 1, end);
    at = end + 1;
    return string;
  }

  private void escape(StringBuilder out) {
    char c = at < text.length() ? text.charAt(at++) : ' ';
    int plain = ESCAPES.indexOf(c);
    if (plain >= 0) {
      out.append(ESCAPED.charAt(plain));
      return;
    }
    switch (c) {
      case 'x' -> out.append((char) number(2, 16));
      case 'u' -> out.append((char) number(4, 16));
      case 'U' -> out.appendCodePoint(number(8, 16));
      default -> {
        at--;
        out.append((char) number(3, 8));
      }
    }
  }

  private int number(int digits, int radix) {
    int end = at + digits;
    try {
      int number = Integer.parseInt(text, at, Math.min(end, text.length()), radix);
      if (end > text.length() || !Character.isValidCodePoint(number)) {
        throw error("unknown escape sequence");
      }
      at = end;
      return number;
    } catch (NumberFormatException e) {
      throw error("unknown escape sequence");
    }
  }

  private void expect(String expected) {
    if (!accept(expected)) {
      throw error("expected " + expected);
    }
  }

  private boolean accept(String expected) {
    space();
    if (!text.startsWith(expected, at)) {
      return false;
    }
    at += expected.length();
    return true;
  }

  private boolean atEnd() {
    space();
    return at >= text.length();
  }

  private void space() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private IllegalArgumentException error(String problem) {
    return new IllegalArgumentException(
        "invalid selector " + text + ": " + problem + " at column " + (at + 1));
  }
}
