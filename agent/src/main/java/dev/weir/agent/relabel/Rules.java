package dev.weir.agent.relabel;

import dev.weir.agent.loki.Labels;
import dev.weir.agent.river.eval.Capsule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Rules in order: the `rules` that relabelling components export.
///
/// Immutable and thread-safe.
@Capsule("loki.RelabelRules")
public record Rules(List<Rule> rules) {
  /// Rules that change nothing.
  public static final Rules NONE = new Rules(List.of());

  public Rules {
    rules = List.copyOf(rules);
  }

  /// Applies them.
  ///
  /// @return the new labels, empty values left out; empty when a rule drops the whole set
  public Optional<Map<String, String>> apply(Map<String, String> labels) {
    Map<String, String> result = new HashMap<>(labels);
    for (Rule rule : rules) {
      if (!RuleRun.apply(rule, result)) {
        return Optional.empty();
      }
    }
    result.values().removeIf(String::isEmpty);
    return Optional.of(result);
  }

  /// Applies them; [RelabelCache] remembers results.
  public Optional<Labels> apply(Labels labels) {
    return rules.isEmpty() ? Optional.of(labels) : apply(labels.toMap()).map(Labels::of);
  }
}
