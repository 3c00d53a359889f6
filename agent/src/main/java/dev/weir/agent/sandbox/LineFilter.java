package dev.weir.agent.sandbox;

import dev.weir.agent.regex.GoRegex;
import java.util.List;

/// A condition on an entry's text: one of several texts, or of several patterns, is in it, or none
/// is.
sealed interface LineFilter {
  /// Whether the line passes when nothing is found.
  boolean negated();

  boolean found(String line);

  default boolean passes(String line) {
    return found(line) != negated();
  }

  record Contains(List<String> texts, boolean negated) implements LineFilter {
    @Override
    public boolean found(String line) {
      return texts.stream().anyMatch(line::contains);
    }
  }

  record Matches(List<GoRegex> patterns, boolean negated) implements LineFilter {
    @Override
    public boolean found(String line) {
      return patterns.stream().anyMatch(pattern -> pattern.find(line));
    }
  }
}
