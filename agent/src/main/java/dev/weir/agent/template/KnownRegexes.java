package dev.weir.agent.template;

import dev.weir.agent.regex.GoRegex;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Expressions that templates have used: most give the same one for every line. Thread-safe.
final class KnownRegexes {
  private static final int MOST = 256;
  private static final Map<String, GoRegex> KNOWN = new ConcurrentHashMap<>();

  private KnownRegexes() {}

  /// The compiled expression.
  ///
  /// @throws dev.weir.agent.regex.GoRegexException when it is none
  static GoRegex of(String expression) {
    GoRegex known = KNOWN.get(expression);
    if (known == null) {
      known = GoRegex.compile(expression);
      if (KNOWN.size() >= MOST) {
        // Made of what lines say: nothing worth keeping.
        KNOWN.clear();
      }
      KNOWN.put(expression, known);
    }
    return known;
  }
}
