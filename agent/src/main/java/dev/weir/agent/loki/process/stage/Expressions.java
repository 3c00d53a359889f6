package dev.weir.agent.loki.process.stage;

import dev.weir.agent.regex.GoRegex;
import dev.weir.agent.regex.GoRegexException;
import org.jspecify.annotations.Nullable;

/// Regular expressions in arguments.
final class Expressions {
  private Expressions() {}

  /// @throws IllegalArgumentException with the given words before what is wrong
  static GoRegex compiled(String expression, String complaint) {
    try {
      return GoRegex.compile(expression);
    } catch (GoRegexException e) {
      throw new IllegalArgumentException(complaint + e.getMessage(), e);
    }
  }

  /// An expression that may not be left out.
  ///
  /// @throws IllegalArgumentException when it is empty or none
  static GoRegex required(String expression) {
    if (expression.isEmpty()) {
      throw new IllegalArgumentException("expression is required");
    }
    return compiled(expression, "could not compile regular expression: ");
  }

  /// An expression, or null where it is left out.
  ///
  /// @throws IllegalArgumentException when it is none
  static @Nullable GoRegex optional(String expression) {
    return expression.isEmpty() ? null : compiled(expression, "");
  }
}
