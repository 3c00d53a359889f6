package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Slice;
import dev.weir.agent.regex.GoRegex;
import dev.weir.agent.river.eval.Default;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// `stage.luhn`: replaces numbers whose last digit is the check digit of Luhn's formula, such as
/// those of credit cards.
///
/// The result becomes the line, also where the numbers were looked for in an extracted value.
final class LuhnStage implements Stage {
  static final StageType<Arguments> TYPE =
      new StageType<>("luhn", Arguments.class, (arguments, context) -> new LuhnStage(arguments));

  /// @param replacement what a number becomes
  /// @param source where to look; the line when left out
  /// @param minLength digits that a number has at least
  /// @param delimiters characters that may stand between digits
  /// @param skipRegex numbers inside a match of it are left alone
  record Arguments(
      @Default("\"**REDACTED**\"") String replacement,
      @Nullable String source,
      @Default("13") int minLength,
      @Default("\"\"") String delimiters,
      @Default("\"\"") String skipRegex) {
    Arguments {
      replacement = replacement.isEmpty() ? "**REDACTED**" : replacement;
      minLength = minLength < 1 ? 13 : minLength;
      SourceText.requireNamed(source);
      skipped(skipRegex);
    }
  }

  private final String source;
  private final Slice slice = new Slice();
  private final LuhnRedaction redaction;

  private LuhnStage(Arguments arguments) {
    String name = arguments.source();
    source = name == null ? "" : name;
    redaction =
        new LuhnRedaction(
            arguments.replacement().getBytes(StandardCharsets.UTF_8),
            arguments.minLength(),
            arguments.delimiters(),
            skipped(arguments.skipRegex()));
  }

  private static @Nullable GoRegex skipped(String expression) {
    return expression.isEmpty()
        ? null
        : Expressions.compiled(expression, "could not compile regular expression: ");
  }

  @Override
  public void process(Entry entry, Output out) {
    if (source.isEmpty()) {
      slice.set(entry);
    } else if (!entry.extracted().isText(source) || !entry.extracted().read(source, slice)) {
      out.emit(entry);
      return;
    }
    redaction.apply(slice, entry);
    out.emit(entry);
  }
}
