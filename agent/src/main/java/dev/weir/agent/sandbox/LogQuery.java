package dev.weir.agent.sandbox;

import dev.weir.agent.loki.Labels;
import java.util.List;

/// A LogQL query for entries: which streams, and which of their lines.
record LogQuery(List<LabelMatcher> matchers, List<LineFilter> filters) {
  LogQuery {
    matchers = List.copyOf(matchers);
    filters = List.copyOf(filters);
  }

  boolean selects(Labels labels) {
    for (LabelMatcher matcher : matchers) {
      if (!matcher.matches(labels)) {
        return false;
      }
    }
    return true;
  }

  boolean passes(String line) {
    for (LineFilter filter : filters) {
      if (!filter.passes(line)) {
        return false;
      }
    }
    return true;
  }
}
