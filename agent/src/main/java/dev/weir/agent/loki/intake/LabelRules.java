package dev.weir.agent.loki.intake;

import dev.weir.agent.loki.Labels;
import dev.weir.agent.relabel.Rules;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What becomes of the labels an entry arrives with: fixed labels over them, rules, and then labels
/// whose names start with `__` go. Remembers results.
///
/// Not thread-safe: one per lane.
public final class LabelRules {
  private static final int REMEMBERED = 1000;
  private static final String HIDDEN = "__";

  private final Map<String, String> fixed;
  private final Rules rules;
  private final Map<Labels, Optional<Labels>> results = new LinkedHashMap<>(16, 0.75f, true);

  /// @param rules none when null
  public LabelRules(Map<String, String> fixed, @Nullable Rules rules) {
    this.fixed = Map.copyOf(fixed);
    this.rules = rules == null ? Rules.NONE : rules;
  }

  /// The labels of the entry; empty when a rule drops it or leaves no label at all.
  public Optional<Labels> apply(Labels arrived) {
    Optional<Labels> known = results.get(arrived);
    if (known == null) {
      known = made(arrived);
      if (results.size() >= REMEMBERED) {
        results.remove(results.keySet().iterator().next());
      }
      results.put(arrived, known);
    }
    return known;
  }

  private Optional<Labels> made(Labels arrived) {
    Labels all = arrived;
    for (Map.Entry<String, String> label : fixed.entrySet()) {
      all = all.with(label.getKey(), label.getValue());
    }
    return rules
        .apply(all)
        .filter(kept -> !kept.isEmpty())
        .map(kept -> kept.keeping(name -> !name.startsWith(HIDDEN)));
  }

  /// Whether rules and labels are those.
  public boolean isOf(Map<String, String> otherFixed, @Nullable Rules otherRules) {
    return fixed.equals(otherFixed) && rules.equals(otherRules == null ? Rules.NONE : otherRules);
  }
}
