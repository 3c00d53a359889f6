package dev.weir.agent.template;

import java.util.Locale;

/// Number literals of Go.
final class Numbers {
  private Numbers() {}

  /// A `Long`, or a `Double` for what is no whole number.
  static Object parse(Token token) {
    String text = token.text().replace("_", "");
    try {
      if (text.endsWith("i")) {
        return "(0+" + text + ")";
      }
      return whole(text);
    } catch (NumberFormatException notWhole) {
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException e) {
        throw new TemplateSyntaxException(token.line(), "bad number syntax: \"" + text + "\"");
      }
    }
  }

  private static Object whole(String text) {
    boolean negative = text.startsWith("-");
    String digits = negative || text.startsWith("+") ? text.substring(1) : text;
    String lower = digits.toLowerCase(Locale.ROOT);
    int radix = 10;
    if (lower.startsWith("0x")) {
      radix = 16;
    } else if (lower.startsWith("0b")) {
      radix = 2;
    } else if (lower.startsWith("0o") || lower.matches("0[0-9]+")) {
      radix = 8;
    }
    int prefix = radix == 10 ? 0 : Character.isDigit(lower.charAt(1)) ? 1 : 2;
    long value = Long.parseLong(lower.substring(prefix), radix);
    return negative ? -value : value;
  }
}
