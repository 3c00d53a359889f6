package dev.weir.agent.loki.process.stage;

import dev.weir.agent.logql.LinePattern;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Slice;
import dev.weir.agent.loki.TextCache;
import dev.weir.agent.river.eval.Default;
import org.jspecify.annotations.Nullable;

/// `stage.pattern`: extracts what the captures of a LogQL pattern take.
final class PatternStage implements Stage {
  static final StageType<Arguments> TYPE =
      new StageType<>(
          "pattern", Arguments.class, (arguments, context) -> new PatternStage(arguments));

  /// @param pattern text with captures: `<method> <path> <_>`
  /// @param source what is searched; the line when left out
  /// @param labelsFromGroups whether the captures become labels too
  record Arguments(
      String pattern, @Nullable String source, @Default("false") boolean labelsFromGroups) {
    Arguments {
      if (pattern.isEmpty()) {
        throw new IllegalArgumentException("pattern is required");
      }
      SourceText.requireNamed(source);
      parsed(pattern);
    }
  }

  private final LinePattern pattern;
  private final SourceText source;
  private final boolean labelsFromGroups;
  private final int[] spans;
  private final TextCache texts = new TextCache();

  private PatternStage(Arguments arguments) {
    pattern = parsed(arguments.pattern());
    source = new SourceText(arguments.source());
    labelsFromGroups = arguments.labelsFromGroups();
    spans = new int[2 * pattern.names().size()];
  }

  private static LinePattern parsed(String pattern) {
    try {
      return LinePattern.parse(pattern);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("failed to parse pattern: " + e.getMessage(), e);
    }
  }

  @Override
  public void process(Entry entry, Output out) {
    Slice text = source.of(entry);
    if (text != null) {
      byte[] buffer = text.buffer();
      int found = pattern.match(buffer, text.offset(), text.length(), spans);
      for (int i = 0; i < found; i++) {
        set(entry, pattern.names().get(i), buffer, spans[2 * i], spans[2 * i + 1]);
      }
    }
    out.emit(entry);
  }

  private void set(Entry entry, String name, byte[] buffer, int from, int to) {
    entry.extracted().putBytes(name, buffer, from, to - from);
    if (labelsFromGroups) {
      String label = texts.validText(buffer, from, to - from);
      if (label != null) {
        entry.labels(entry.labels().with(name, label));
      }
    }
  }
}
