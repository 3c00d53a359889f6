package dev.weir.agent.logging;

/// Text between double quotes, with everything escaped that could end the line or move a terminal's
/// cursor. The escapes are JSON's, which logfmt readers understand too.
final class Quoted {
  private Quoted() {}

  static void append(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      appendEscaped(out, text, i);
    }
    out.append('"');
  }

  /// Whether a character cannot stand as it is: control characters, line and paragraph separators,
  /// marks that turn the direction of text, and halves of surrogate pairs.
  static boolean unsafe(String text, int at) {
    char c = text.charAt(at);
    if (c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xfeff) {
      return true;
    }
    if ((c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069)) {
      return true;
    }
    return Character.isSurrogate(c) && !paired(text, at);
  }

  private static void appendEscaped(StringBuilder out, String text, int at) {
    char c = text.charAt(at);
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (unsafe(text, at)) {
          out.append("\\u");
          for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(Character.forDigit((c >> shift) & 0xf, 16));
          }
        } else {
          out.append(c);
        }
      }
    }
  }

  private static boolean paired(String text, int at) {
    if (Character.isHighSurrogate(text.charAt(at))) {
      return at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
    }
    return at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
  }
}
