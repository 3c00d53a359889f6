package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Slice;
import dev.weir.agent.loki.TextCache;
import dev.weir.agent.regex.GoRegex;
import dev.weir.agent.river.eval.Default;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `stage.regex`: extracts what the named groups of an expression match.
final class RegexStage implements Stage {
  static final StageType<Arguments> TYPE =
      new StageType<>("regex", Arguments.class, (arguments, context) -> new RegexStage(arguments));

  /// @param expression whose named groups are extracted; one that took no part is empty
  /// @param source what is searched; the line when left out
  /// @param labelsFromGroups whether the groups become labels too
  record Arguments(
      String expression, @Nullable String source, @Default("false") boolean labelsFromGroups) {
    Arguments {
      Expressions.required(expression);
      SourceText.requireNamed(source);
    }
  }

  private static final byte[] NOTHING = {};

  private final GoRegex expression;
  private final SourceText source;
  private final boolean labelsFromGroups;
  private final int[] spans;
  private final TextCache texts = new TextCache();

  private RegexStage(Arguments arguments) {
    expression = Expressions.required(arguments.expression());
    source = new SourceText(arguments.source());
    labelsFromGroups = arguments.labelsFromGroups();
    spans = new int[2 * expression.groupNames().size()];
  }

  @Override
  public void process(Entry entry, Output out) {
    Slice text = source.of(entry);
    if (text != null) {
      match(entry, text.buffer(), text.offset(), text.length());
    }
    out.emit(entry);
  }

  private void match(Entry entry, byte[] buffer, int offset, int length) {
    if (!expression.find(buffer, offset, length, spans)) {
      return;
    }
    List<String> names = expression.groupNames();
    for (int group = 1; group < names.size(); group++) {
      String name = names.get(group);
      if (!name.isEmpty()) {
        boolean took = spans[2 * group] >= 0;
        byte[] from = took ? buffer : NOTHING;
        int start = took ? spans[2 * group] : 0;
        set(entry, name, from, start, took ? spans[2 * group + 1] - start : 0);
      }
    }
  }

  private void set(Entry entry, String name, byte[] buffer, int offset, int length) {
    entry.extracted().putBytes(name, buffer, offset, length);
    if (labelsFromGroups) {
      String label = texts.validText(buffer, offset, length);
      if (label != null) {
        entry.labels(entry.labels().with(name, label));
      }
    }
  }
}
