package dev.weir.agent.go;

/// Quotes text as Go's `strconv.Quote` does, which is how Loki reads label values.
public final class GoQuote {
  private static final String HEX = "0123456789abcdef";

  private GoQuote() {}

  /// The text in double quotes, with everything that does not print escaped.
  public static String quote(String text) {
    var out = new StringBuilder(text.length() + 2);
    append(out, text);
    return out.toString();
  }

  /// The text in double quotes, with everything escaped that is not printable ASCII.
  public static String quoteAscii(String text) {
    var out = new StringBuilder("\"");
    text.codePoints().forEach(c -> appendCodePoint(out, c, '"', true));
    return out.append('"').toString();
  }

  /// One character in single quotes.
  public static String quoteCharacter(String character) {
    var out = new StringBuilder("'");
    appendCodePoint(out, character.codePointAt(0), '\'', false);
    return out.append('\'').toString();
  }

  /// Appends the quoted text.
  public static void append(StringBuilder out, String text) {
    out.append('"');
    text.codePoints().forEach(c -> appendCodePoint(out, c, '"', false));
    out.append('"');
  }

  private static void appendCodePoint(StringBuilder out, int c, char quote, boolean ascii) {
    if (c == quote || c == '\\') {
      out.append('\\').append((char) c);
      return;
    }
    switch (c) {
      case 0x07 -> out.append("\\a");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case 0x0b -> out.append("\\v");
      default -> appendOther(out, c, ascii);
    }
  }

  private static void appendOther(StringBuilder out, int c, boolean ascii) {
    if (printable(c) && !(ascii && c > 0x7e)) {
      out.appendCodePoint(c);
    } else if (c < 0x80) {
      appendHex(out.append("\\x"), c, 2);
    } else if (Character.isBmpCodePoint(c)) {
      // A lone surrogate cannot be text in Go: it is the replacement character there.
      appendHex(out.append("\\u"), Character.isSurrogate((char) c) ? 0xfffd : c, 4);
    } else {
      appendHex(out.append("\\U"), c, 8);
    }
  }

  private static boolean printable(int c) {
    if (c < 0x7f) {
      return c >= ' ';
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static void appendHex(StringBuilder out, int value, int digits) {
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      out.append(HEX.charAt((value >> shift) & 0xf));
    }
  }
}
