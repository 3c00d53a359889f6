package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Extracted;
import dev.weir.agent.loki.RawText;

/// What the stages for messages of Windows events have in common.
final class EventText {
  private EventText() {}

  /// Without white space at both ends.
  static String trimmed(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }

  /// Puts text that may be a label's value.
  static void put(Extracted extracted, String key, String value, boolean overwrite) {
    if (RawText.isValid(value)) {
      extracted.put(overwrite || !extracted.has(key) ? key : key + "_extracted", value);
    }
  }
}
