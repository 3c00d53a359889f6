package dev.weir.agent.logql;

import dev.weir.agent.loki.Entry;
import dev.weir.agent.regex.GoRegex;
import java.nio.charset.StandardCharsets;

/// One condition on a line, on its bytes.
@FunctionalInterface
interface LineFilter {
  boolean matches(Entry entry);

  static LineFilter of(String operator, String text) {
    return switch (operator) {
      case "|=" -> containing(text, true);
      case "!=" -> containing(text, false);
      case "|~" -> matching(text, true);
      case "!~" -> matching(text, false);
      default -> throw new IllegalArgumentException("unknown line filter " + operator);
    };
  }

  private static LineFilter matching(String expression, boolean wanted) {
    GoRegex regex = GoRegex.compile(expression);
    return entry -> regex.find(entry.buffer(), entry.offset(), entry.length()) == wanted;
  }

  private static LineFilter containing(String text, boolean wanted) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return entry -> contains(entry, bytes) == wanted;
  }

  private static boolean contains(Entry entry, byte[] wanted) {
    if (wanted.length == 0) {
      return true;
    }
    byte[] text = entry.buffer();
    int last = entry.offset() + entry.length() - wanted.length;
    for (int at = entry.offset(); at <= last; at++) {
      if (text[at] == wanted[0] && isAt(text, at, wanted)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAt(byte[] text, int at, byte[] wanted) {
    for (int i = 1; i < wanted.length; i++) {
      if (text[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
