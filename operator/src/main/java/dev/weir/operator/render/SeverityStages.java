package dev.weir.operator.render;

import static dev.weir.operator.render.BlockDraft.block;

import dev.weir.agent.river.Block;
import dev.weir.operator.api.Severity;
import dev.weir.operator.api.SeverityParse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Turns the many words for severities into six.
final class SeverityStages {
  private static final Map<Severity, List<String>> USUAL =
      Map.of(
          Severity.TRACE, List.of("trace", "trc", "finest"),
          Severity.DEBUG, List.of("debug", "dbg", "fine", "verbose"),
          Severity.INFO, List.of("info", "information", "informational", "inf", "notice"),
          Severity.WARN, List.of("warn", "warning", "wrn"),
          Severity.ERROR, List.of("error", "err", "severe"),
          Severity.FATAL,
              List.of("fatal", "critical", "crit", "alert", "emerg", "emergency", "panic"));

  private SeverityStages() {}

  /// @param tested whether conditions ask for it, which only see labels
  static List<Block> of(SeverityParse severity, boolean tested) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(ParseStages.template(Names.SEVERITY, template(severity)));
    blocks.add(
        block("stage.structured_metadata")
            .texts("values", Map.of("level", Names.SEVERITY))
            .build());
    if (tested) {
      blocks.add(
          block("stage.labels").texts("values", Map.of(Names.SEVERITY, Names.SEVERITY)).build());
    }
    return blocks;
  }

  private static String template(SeverityParse severity) {
    var out = new StringBuilder();
    out.append("{{ $v := lower (toString (")
        .append(TemplateText.field(severity.field()))
        .append(")) }}");
    String word = "{{ if ";
    for (var one : words(severity).entrySet()) {
      out.append(word)
          .append("has $v (list ")
          .append(TemplateText.quoteAll(one.getValue()))
          .append(") }}")
          .append(one.getKey().text());
      word = "{{ else if ";
    }
    return out.append("{{ end }}").toString();
  }

  private static Map<Severity, Set<String>> words(SeverityParse severity) {
    Map<Severity, Set<String>> words = new EnumMap<>(Severity.class);
    Set<String> own = new LinkedHashSet<>();
    severity
        .map()
        .forEach((word, meant) -> {
          String lower = word.toLowerCase(Locale.ROOT);
          own.add(lower);
          words.computeIfAbsent(meant, _ -> new LinkedHashSet<>()).add(lower);
        });
    for (Severity one : Severity.values()) {
      USUAL.getOrDefault(one, List.of()).stream()
          .filter(word -> !own.contains(word))
          .forEach(word -> words.computeIfAbsent(one, _ -> new LinkedHashSet<>()).add(word));
    }
    return words;
  }
}
