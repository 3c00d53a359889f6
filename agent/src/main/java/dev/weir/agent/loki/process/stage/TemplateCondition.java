package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Entry;
import dev.weir.agent.template.Template;
import dev.weir.agent.template.TemplateException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A template as a condition: it holds when what comes out is neither empty nor `false`.
///
/// The template sees what was extracted, and the line as `.Entry`. One that fails does not hold.
final class TemplateCondition implements DropStage.Condition {
  private final Template template;

  TemplateCondition(String expression) {
    template = Template.parseWithCalls(expression);
  }

  /// Reads a template and forgets it.
  ///
  /// @throws IllegalArgumentException when it cannot be read
  static void check(String expression) {
    Template.parseWithCalls(expression);
  }

  static boolean isTemplate(String expression) {
    String text = expression.strip();
    return text.startsWith("{{") && text.endsWith("}}");
  }

  @Override
  public boolean holds(Entry entry) {
    Map<String, @Nullable Object> data = new HashMap<>();
    entry.extracted().forEach(data::put);
    data.put("Entry", entry.lineText());
    try {
      String result = template.execute(data).strip();
      return !result.isEmpty() && !result.equals("false") && !result.equals("<no value>");
    } catch (TemplateException failed) {
      return false;
    }
  }
}
