package dev.weir.agent.logql;

import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.river.eval.FromText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which entries are meant: `{app="x", env=~"a|b"} |= "err" !~ "re"`.
///
/// Equality is by text. Thread-safe.
public final class Selector {
  private final String text;
  private final List<LabelMatcher> matchers;
  private final List<LineFilter> filters;

  Selector(String text, List<LabelMatcher> matchers, List<LineFilter> filters) {
    this.text = text;
    this.matchers = List.copyOf(matchers);
    this.filters = List.copyOf(filters);
  }

  /// Reads a selector.
  ///
  /// @throws IllegalArgumentException when it is not one, or holds more than matchers and line
  ///   filters
  @FromText
  public static Selector parse(String text) {
    return new SelectorParser(text).parse();
  }

  /// As written.
  public String text() {
    return text;
  }

  /// Whether the labels are meant, whatever the line says.
  public boolean matches(Labels labels) {
    for (int i = 0; i < matchers.size(); i++) {
      if (!matchers.get(i).matches(labels)) {
        return false;
      }
    }
    return true;
  }

  /// Whether the line is meant, whatever the labels are.
  public boolean matchesLine(Entry entry) {
    for (int i = 0; i < filters.size(); i++) {
      if (!filters.get(i).matches(entry)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Selector selector && text.equals(selector.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
