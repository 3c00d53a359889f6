package dev.weir.agent.logql;

import dev.weir.agent.loki.Labels;
import dev.weir.agent.regex.GoRegex;
import org.jspecify.annotations.Nullable;

/// One condition on a label; a missing label is as an empty one.
///
/// @param regex all of the value must match it; null when the value is compared
record LabelMatcher(String name, String value, @Nullable GoRegex regex, boolean negated) {
  static LabelMatcher of(String name, String operator, String value) {
    boolean pattern = operator.endsWith("~");
    GoRegex regex = pattern ? GoRegex.compile("^(?s:" + value + ")$") : null;
    return new LabelMatcher(name, value, regex, operator.startsWith("!"));
  }

  boolean matches(Labels labels) {
    String found = labels.get(name);
    String text = found == null ? "" : found;
    return (regex == null ? text.equals(value) : regex.find(text)) != negated;
  }
}
