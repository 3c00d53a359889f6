package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Extracted;
import dev.weir.agent.loki.RawText;
import java.util.ArrayList;
import java.util.List;

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

  /// What stands between a separator, from the start to the end.
  static List<String> parts(String text, String separator) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    int to = text.indexOf(separator);
    while (to >= 0) {
      parts.add(text.substring(from, to));
      from = to + separator.length();
      to = text.indexOf(separator, from);
    }
    parts.add(text.substring(from));
    return parts;
  }

  /// The text without some characters.
  static String without(String characters, String text) {
    var kept = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (characters.indexOf(text.charAt(i)) < 0) {
        kept.append(text.charAt(i));
      }
    }
    return kept.toString();
  }

  /// Puts text that may be a label's value.
  static void put(Extracted extracted, String key, String value, boolean overwrite) {
    if (RawText.isValid(value)) {
      extracted.put(overwrite || !extracted.has(key) ? key : key + "_extracted", value);
    }
  }
}
