package dev.weir.agent.template;

/// The inside of Go's quoted strings.
final class Unquote {
  private static final String ESCAPES = "abfnrtv\\\"'";
  private static final String ESCAPED = "\u0007\b\f\n\r\t\u000b\\\"'";

  private Unquote() {}

  static String quoted(String inside, int line) {
    var out = new StringBuilder(inside.length());
    int at = 0;
    while (at < inside.length()) {
      char c = inside.charAt(at++);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      char escape = at < inside.length() ? inside.charAt(at) : ' ';
      int plain = ESCAPES.indexOf(escape);
      if (plain >= 0) {
        out.append(ESCAPED.charAt(plain));
        at++;
        continue;
      }
      int digits =
          switch (escape) {
            case 'x' -> 2;
            case 'u' -> 4;
            case 'U' -> 8;
            default -> 3;
          };
      int start = digits == 3 ? at : at + 1;
      out.appendCodePoint(number(inside, start, digits, line));
      at = start + digits;
    }
    return out.toString();
  }

  private static int number(String text, int start, int digits, int line) {
    try {
      int number = Integer.parseInt(text.substring(start, start + digits), digits == 3 ? 8 : 16);
      if (Character.isValidCodePoint(number)) {
        return number;
      }
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      // Told below.
    }
    throw new TemplateSyntaxException(line, "invalid syntax in string");
  }
}
