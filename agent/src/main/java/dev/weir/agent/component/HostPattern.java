package dev.weir.agent.component;

import java.util.List;
import java.util.Locale;

/// A host's name in which `*` stands for one or more characters.
///
/// @param parts what stands between the stars
record HostPattern(List<String> parts) {
  static HostPattern of(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("an allowed host must not be empty");
    }
    return new HostPattern(List.of(text.toLowerCase(Locale.ROOT).split("\\*", -1)));
  }

  /// Whether a name in lower case matches.
  boolean matches(String name) {
    String first = parts.getFirst();
    if (parts.size() == 1) {
      return name.equals(first);
    }
    String last = parts.getLast();
    if (!name.startsWith(first) || !name.endsWith(last)) {
      return false;
    }
    int at = first.length();
    for (String part : parts.subList(1, parts.size() - 1)) {
      int found = name.indexOf(part, at + 1);
      if (found < 0) {
        return false;
      }
      at = found + part.length();
    }
    return at + 1 <= name.length() - last.length();
  }
}
