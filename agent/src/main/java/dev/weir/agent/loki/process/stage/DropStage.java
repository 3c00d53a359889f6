package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Entry;
import dev.weir.agent.regex.GoRegex;
import dev.weir.agent.regex.GoRegexException;
import dev.weir.agent.river.eval.ByteSize;
import dev.weir.agent.river.eval.Default;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// `stage.drop`: drops entries for which all given conditions hold.
final class DropStage {
  static final StageType<Arguments> TYPE =
      new StageType<>("drop", Arguments.class, DropStage::stage);

  /// @param source names of extracted values, separated by commas
  /// @param value that the sources must equal
  /// @param expression a regular expression, or a template in double braces
  /// @param separator between the values of several sources
  /// @param olderThan age of the entry's time; 0 for any
  /// @param longerThan bytes of the line; 0 for any
  /// @param dropCounterReason reason that the dropped are counted with
  record Arguments(
      @Default("\"\"") String source,
      @Default("\"\"") String value,
      @Default("\"\"") String expression,
      @Default("\";\"") String separator,
      @Default("\"0s\"") Duration olderThan,
      @Default("0") ByteSize longerThan,
      @Default("\"drop_stage\"") String dropCounterReason) {
    Arguments {
      separator = separator.isEmpty() ? ";" : separator;
      dropCounterReason = dropCounterReason.isEmpty() ? "drop_stage" : dropCounterReason;
      if (source.isEmpty()
          && expression.isEmpty()
          && olderThan.isZero()
          && longerThan.bytes() == 0) {
        throw new IllegalArgumentException(
            "drop stage config must contain at least one of `source`, `expression`, `older_than`"
                + " or `longer_than`");
      }
      if (!value.isEmpty() && !expression.isEmpty()) {
        throw new IllegalArgumentException(
            "drop stage config error, `value` and `expression` cannot both be defined at the same"
                + " time");
      }
      if (!value.isEmpty() && source.isEmpty()) {
        throw new IllegalArgumentException(
            "drop stage config must contain `source` if `value` is specified");
      }
      check(expression);
    }
  }

  private static void check(String expression) {
    if (TemplateCondition.isTemplate(expression)) {
      TemplateCondition.check(expression);
    } else {
      compiled(expression);
    }
  }

  /// A reason to drop an entry.
  @FunctionalInterface
  interface Condition {
    boolean holds(Entry entry);
  }

  private DropStage() {}

  private static Stage stage(Arguments arguments, StageContext context) {
    List<Condition> conditions = conditions(arguments, context);
    String reason = arguments.dropCounterReason();
    return (entry, out) -> {
      for (int i = 0; i < conditions.size(); i++) {
        if (!conditions.get(i).holds(entry)) {
          out.emit(entry);
          return;
        }
      }
      context.dropped(reason, 1);
    };
  }

  private static List<Condition> conditions(Arguments arguments, StageContext context) {
    List<Condition> conditions = new ArrayList<>();
    long longest = arguments.longerThan().bytes();
    if (longest > 0) {
      conditions.add(entry -> entry.length() > longest);
    }
    Duration age = arguments.olderThan();
    if (!age.isZero()) {
      conditions.add(entry -> {
        var oldest = context.clock().instant().minus(age);
        return entry.timestamp() < oldest.getEpochSecond() * 1_000_000_000L + oldest.getNano();
      });
    }
    String expression = arguments.expression();
    if (TemplateCondition.isTemplate(expression)) {
      conditions.add(new TemplateCondition(expression));
      if (!arguments.source().isEmpty()) {
        conditions.add(new ExtractedCondition(arguments.source()));
      }
    } else if (!arguments.source().isEmpty()) {
      conditions.add(
          expression.isEmpty() && arguments.value().isEmpty()
              ? new ExtractedCondition(arguments.source())
              : new ExtractedCondition(
                  arguments.source(), arguments.separator(), searched(arguments)));
    } else if (!expression.isEmpty()) {
      GoRegex regex = searched(arguments);
      conditions.add(entry -> regex.find(entry.buffer(), entry.offset(), entry.length()));
    }
    return conditions;
  }

  private static GoRegex searched(Arguments arguments) {
    return compiled(
        arguments.value().isEmpty()
            ? arguments.expression()
            : "^" + GoRegex.quote(arguments.value()) + "$");
  }

  private static GoRegex compiled(String expression) {
    try {
      return GoRegex.compile(expression);
    } catch (GoRegexException e) {
      throw new IllegalArgumentException(
          "drop stage regex compilation error: " + e.getMessage(), e);
    }
  }
}
