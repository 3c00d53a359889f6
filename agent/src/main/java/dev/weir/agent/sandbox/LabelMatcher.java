package dev.weir.agent.sandbox;

import dev.weir.agent.loki.Labels;
import dev.weir.agent.regex.GoRegex;
import org.jspecify.annotations.Nullable;

/// A condition on one label. A label that a stream does not have counts as empty.
///
/// @param pattern for the regular kinds: matches all of a value
record LabelMatcher(String name, Kind kind, String value, @Nullable GoRegex pattern) {
  /// How a value is compared.
  enum Kind {
    EQUAL,
    NOT_EQUAL,
    REGEX,
    NOT_REGEX
  }

  boolean matches(Labels labels) {
    String actual = labels.get(name);
    return matches(actual == null ? "" : actual);
  }

  boolean matchesEmpty() {
    return matches("");
  }

  private boolean matches(String actual) {
    return switch (kind) {
      case EQUAL -> actual.equals(value);
      case NOT_EQUAL -> !actual.equals(value);
      case REGEX -> found(actual);
      case NOT_REGEX -> !found(actual);
    };
  }

  private boolean found(String actual) {
    return pattern != null && pattern.find(actual);
  }
}
