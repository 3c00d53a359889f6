package dev.weir.agent.relabel;

import dev.weir.agent.regex.GoMatch;
import dev.weir.agent.regex.GoRegex;
import dev.weir.agent.river.eval.FromText;
import org.jspecify.annotations.Nullable;

/// An expression that must match all of a text. Equality is by text; thread-safe.
///
/// @param text as written
/// @param regex with the anchors
public record AnchoredRegex(String text, GoRegex regex) {
  private static final String ANYTHING = "(.*)";

  /// Reads one.
  ///
  /// @throws IllegalArgumentException when it is no expression in Go's syntax
  @FromText
  public static AnchoredRegex parse(String text) {
    return new AnchoredRegex(text, GoRegex.compileAnchored(text));
  }

  boolean matches(String input) {
    return matchesAnything() || regex.find(input);
  }

  @Nullable GoMatch match(String input) {
    return regex.match(input);
  }

  /// Whether it is the default, which takes every text whole.
  boolean matchesAnything() {
    return text.equals(ANYTHING);
  }

  @Override
  public String toString() {
    return text;
  }
}
