package dev.weir.agent.loki.source.kafka;

import dev.weir.agent.regex.GoRegex;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Which topics are wanted: by name, or by expressions, which start with `^`.
final class Topics {
  private static final String EXPRESSION = "^";

  /// Kafka's own, which hold no text: only who names one gets it.
  private static final String INTERNAL = "__";

  private final List<String> texts;
  private final Set<String> names = new HashSet<>();
  private final List<GoRegex> expressions = new ArrayList<>();

  /// @throws IllegalArgumentException when one is empty or no expression
  Topics(List<String> texts) {
    this.texts = List.copyOf(texts);
    for (String text : texts) {
      if (text.isEmpty()) {
        throw new IllegalArgumentException("topics must not hold an empty topic");
      }
      if (text.startsWith(EXPRESSION)) {
        expressions.add(expression(text));
      } else {
        names.add(text);
      }
    }
  }

  private static GoRegex expression(String text) {
    try {
      return GoRegex.compile(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("invalid topic pattern: " + e.getMessage(), e);
    }
  }

  /// Those wanted of the ones there are, in order.
  Set<String> among(Collection<String> existing) {
    var wanted = new TreeSet<String>();
    for (String topic : existing) {
      if (names.contains(topic) || (!topic.startsWith(INTERNAL) && isMatched(topic))) {
        wanted.add(topic);
      }
    }
    return wanted;
  }

  private boolean isMatched(String topic) {
    return expressions.stream().anyMatch(expression -> expression.find(topic));
  }

  /// Whether they were written like this.
  boolean areOf(List<String> otherTexts) {
    return texts.equals(otherTexts);
  }
}
