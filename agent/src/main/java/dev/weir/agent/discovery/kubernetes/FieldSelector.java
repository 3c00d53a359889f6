package dev.weir.agent.discovery.kubernetes;

import java.util.ArrayList;
import java.util.List;

/// One requirement of a field selector: `spec.nodeName=worker-1`.
///
/// @param equal false where the field must have another value
record FieldSelector(String field, String value, boolean equal) {
  /// Reads a whole selector, its requirements joined by commas.
  ///
  /// @throws IllegalArgumentException when it is none
  static List<FieldSelector> parse(String text) {
    List<FieldSelector> requirements = new ArrayList<>();
    if (text.isBlank()) {
      return requirements;
    }
    for (String part : text.split(",", -1)) {
      requirements.add(requirement(part, text));
    }
    return requirements;
  }

  private static FieldSelector requirement(String part, String text) {
    int at = part.indexOf('=');
    if (at < 1) {
      throw new IllegalArgumentException(
          "invalid field selector \"" + text + "\": can't understand \"" + part + "\"");
    }
    boolean equal = part.charAt(at - 1) != '!';
    boolean doubled = equal && part.startsWith("==", at);
    String field = part.substring(0, equal ? at : at - 1).strip();
    String value = part.substring(at + (doubled ? 2 : 1)).strip();
    return new FieldSelector(field, value, equal);
  }
}
