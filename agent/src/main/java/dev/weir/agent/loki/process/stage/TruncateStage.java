package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Entry;
import dev.weir.agent.river.eval.BlockField;
import dev.weir.agent.river.eval.ByteSize;
import dev.weir.agent.river.eval.Default;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// `stage.truncate`: cuts off what is longer than it may be.
///
/// Lengths are bytes. What was cut is told in the extracted value `truncated`: `label`, `line`,
/// `extracted`, `structured_metadata`, separated by commas.
final class TruncateStage implements Stage {
  static final StageType<Arguments> TYPE =
      new StageType<>("truncate", Arguments.class, TruncateStage::new);

  /// @param rule carried out in order
  record Arguments(@BlockField List<Rule> rule) {
    Arguments {
      rule = List.copyOf(rule);
      if (rule.isEmpty()) {
        throw new IllegalArgumentException("missing required block \"rule\"");
      }
    }
  }

  /// What to cut.
  ///
  /// @param limit bytes that are left, with the suffix
  /// @param suffix put where something was cut off
  /// @param sources names of labels, metadata or extracted values; all of them when left out
  /// @param sourceType `line`, `label`, `structured_metadata` or `extracted`
  record Rule(
      ByteSize limit,
      @Default("\"\"") String suffix,
      @Default("[]") List<String> sources,
      @Default("\"line\"") String sourceType) {
    Rule {
      sources = List.copyOf(sources);
      Truncation.Kind kind = Truncation.Kind.named(sourceType);
      if (limit.bytes() <= 0) {
        throw new IllegalArgumentException("limit must be greater than zero");
      }
      if (kind == Truncation.Kind.LINE && !sources.isEmpty()) {
        throw new IllegalArgumentException("sources cannot be set when source_type is 'line'");
      }
      if (limit.bytes() <= suffix.getBytes(StandardCharsets.UTF_8).length) {
        throw new IllegalArgumentException(
            "suffix length cannot be greater than or equal to limit");
      }
    }
  }

  private static final String TOLD = "truncated";
  private static final String[] TEXTS = texts();

  private final List<Truncation> truncations;

  private TruncateStage(Arguments arguments, StageContext context) {
    truncations =
        arguments.rule().stream().map(rule -> new Truncation(rule, context.metrics())).toList();
  }

  @Override
  public void process(Entry entry, Output out) {
    int cut = 0;
    for (int i = 0; i < truncations.size(); i++) {
      Truncation truncation = truncations.get(i);
      if (truncation.apply(entry)) {
        cut |= truncation.kind().bit();
      }
      if (cut != 0) {
        cut |= told(entry);
        entry.extracted().put(TOLD, TEXTS[cut]);
      }
    }
    out.emit(entry);
  }

  /// What earlier rules and stages have told.
  private static int told(Entry entry) {
    Object before = entry.extracted().get(TOLD);
    if (before instanceof String text) {
      for (int kinds = 1; kinds < TEXTS.length; kinds++) {
        if (TEXTS[kinds].equals(text)) {
          return kinds;
        }
      }
    }
    return 0;
  }

  /// The text for each set of kinds, as their bits.
  private static String[] texts() {
    var texts = new String[1 << Truncation.Kind.values().length];
    for (int kinds = 0; kinds < texts.length; kinds++) {
      int set = kinds;
      texts[kinds] =
          Arrays.stream(Truncation.Kind.values())
              .filter(kind -> (set & kind.bit()) != 0)
              .map(Truncation.Kind::word)
              .sorted()
              .collect(Collectors.joining(","));
    }
    return texts;
  }
}
