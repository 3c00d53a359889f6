package dev.weir.agent.loki.source.journal;

import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.intake.LabelRules;
import dev.weir.agent.loki.source.journal.LokiSourceJournal.Arguments;
import dev.weir.agent.relabel.Rule;
import dev.weir.agent.relabel.Rules;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Labels of entries: those of the configuration, and what rules make of the fields.
///
/// Not thread-safe.
final class JournalLabels {
  private static final String PREFIX = "__journal_";
  private static final String PRIORITY = PREFIX + "priority";
  private static final String KEYWORD = PREFIX + "priority_keyword";
  private static final List<String> KEYWORDS =
      List.of("emerg", "alert", "crit", "error", "warning", "notice", "info", "debug");

  private final Map<String, String> base;
  private final LabelRules rules;
  private final @Nullable Set<String> wanted;
  private final Map<String, String> collected = new HashMap<>();

  JournalLabels(Arguments arguments, String id) {
    Rules given = arguments.relabelRules();
    Labels fixed = Labels.of(arguments.labels()).with("job", id);
    base = fixed.toMap();
    rules = new LabelRules(Map.of(), given);
    wanted = given == null ? Set.of() : wanted(given.rules());
  }

  /// The labels that rules read; null for any.
  private static @Nullable Set<String> wanted(List<Rule> rules) {
    Set<String> names = new HashSet<>();
    for (Rule rule : rules) {
      switch (rule.action()) {
        case LABELMAP, LABELDROP, LABELKEEP -> {
          return null;
        }
        default -> {
          names.addAll(rule.sourceLabels());
          names.add(rule.targetLabel());
        }
      }
    }
    return names;
  }

  /// Whether any field can matter.
  boolean readFields() {
    return wanted == null || !wanted.isEmpty();
  }

  /// Begins with another entry.
  void clear() {
    collected.clear();
    collected.putAll(base);
  }

  /// Takes a field, by its name in the journal.
  void field(String name, String value) {
    String label = PREFIX + name.toLowerCase(Locale.ROOT);
    put(label, value);
    if (label.equals(PRIORITY) && value.length() == 1) {
      int priority = value.charAt(0) - '0';
      if (priority >= 0 && priority < KEYWORDS.size()) {
        put(KEYWORD, KEYWORDS.get(priority));
      }
    }
  }

  private void put(String label, String value) {
    if (wanted == null || wanted.contains(label)) {
      collected.put(label, value);
    }
  }

  /// The labels of the entry; empty when it is to be left out.
  Optional<Labels> labels() {
    return rules.apply(Labels.of(collected)).filter(labels -> !labels.isEmpty());
  }
}
