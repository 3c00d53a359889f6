package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.RawText;
import dev.weir.agent.loki.Slice;
import dev.weir.agent.regex.GoMatch;
import dev.weir.agent.regex.GoRegex;
import dev.weir.agent.river.eval.Default;
import dev.weir.agent.template.Template;
import dev.weir.agent.template.TemplateException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `stage.replace`: replaces what the groups of an expression match, in every match, by what a
/// template makes of it.
///
/// Groups inside a group that was replaced are left alone. Named groups get their new text
/// extracted. A template that fails, or makes far more of the text, changes nothing.
final class ReplaceStage implements Stage, TemplateText.Own {
  /// Characters by which a text may grow.
  private static final int MOST_ADDED = 1 << 20;

  private static final String FAILED = "replace failed";

  static final StageType<Arguments> TYPE =
      new StageType<>("replace", Arguments.class, ReplaceStage::new);

  /// @param expression of whose groups the text is replaced
  /// @param source where to replace; the line when left out
  /// @param replace a template, which sees the group's text as `.Value`
  record Arguments(
      String expression, @Default("\"\"") String source, @Default("\"\"") String replace) {
    Arguments {
      Expressions.required(expression);
      template(replace);
    }
  }

  private static final Set<String> OWN = Set.of("Value");

  private final GoRegex expression;
  private final SourceText source;
  private final TemplateText template;
  private final StageContext context;
  private final Map<String, String> replaced = new HashMap<>();
  private String value = "";

  private ReplaceStage(Arguments arguments, StageContext context) {
    this.context = context;
    expression = Expressions.required(arguments.expression());
    source = new SourceText(arguments.source());
    template = new TemplateText(template(arguments.replace()), this);
  }

  private static Template template(String text) {
    try {
      return Template.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("failed to compile template: " + e.getMessage(), e);
    }
  }

  @Override
  public void process(Entry entry, Output out) {
    Slice text = source.of(entry);
    // Most lines do not match, and need no string.
    if (text != null && expression.find(text.buffer(), text.offset(), text.length())) {
      try {
        replace(entry, text.text());
      } catch (TemplateException failed) {
        context.log().atDebug().addKeyValue("error", failed.getMessage()).log(FAILED);
      }
    }
    out.emit(entry);
  }

  private void replace(Entry entry, String text) throws TemplateException {
    replaced.clear();
    List<GoMatch> matches = expression.matches(text);
    var result = new StringBuilder(text.length());
    int copied = 0;
    long added = 0;
    for (GoMatch match : matches) {
      for (int group = 1; group <= expression.groupCount(); group++) {
        String found = match.group(group);
        if (found != null) {
          value = found;
          String made = template.execute(entry.extracted());
          if (copied <= match.start(group)) {
            result.append(text, copied, match.start(group)).append(made);
            copied = match.end(group);
          }
          replaced.put(found, made);
          added += Math.max(0, made.length() - found.length());
          if (added > MOST_ADDED) {
            context.log().atDebug().addKeyValue("error", "result is too large").log(FAILED);
            return;
          }
        }
      }
    }
    byte[] bytes = RawText.encode(result.append(text, copied, text.length()).toString());
    source.replace(entry, bytes, 0, bytes.length);
    extractGroups(entry, matches.getFirst());
  }

  private void extractGroups(Entry entry, GoMatch first) {
    List<String> names = expression.groupNames();
    for (int group = 1; group < names.size(); group++) {
      String found = first.group(group);
      String made = replaced.get(found == null ? "" : found);
      if (!names.get(group).isEmpty() && made != null) {
        entry.extracted().put(names.get(group), made);
      }
    }
  }

  @Override
  public Set<String> names() {
    return OWN;
  }

  @Override
  public String value(String name) {
    return value;
  }
}
