package dev.weir.agent.sandbox;

import com.google.re2j.Pattern;
import dev.weir.agent.loki.Labels;
import org.jspecify.annotations.Nullable;

/// A condition on one label. A label that a stream does not have counts as empty.
record LabelMatcher(String name, Kind kind, String value, @Nullable Pattern pattern) {
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
    return pattern != null && pattern.matches(actual);
  }
}
