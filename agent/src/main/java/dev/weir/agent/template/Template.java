package dev.weir.agent.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A template in the language of Go's `text/template`.
///
/// Values are `null` (no value), `Boolean`, `Long` (or `Integer`), `Double`, `String`, lists, and
/// maps with text keys. Lengths are bytes of UTF-8, as in Go.
///
/// Thread-safe.
public final class Template {
  private final Map<String, List<Node>> templates;

  private Template(Map<String, List<Node>> templates) {
    this.templates = templates;
  }

  /// Reads a template.
  ///
  /// @throws TemplateSyntaxException when it is not one, or calls an unknown function
  public static Template parse(String text) {
    return new Template(new TemplateParser(text, false).parse());
  }

  /// Reads a template in which a function's argument may also stand right behind it in parentheses:
  /// `.name | contains("x")`.
  ///
  /// @throws TemplateSyntaxException when it is not one, or calls an unknown function
  public static Template parseWithCalls(String text) {
    return new Template(new TemplateParser(text, true).parse());
  }

  /// Carries the template out.
  ///
  /// @throws TemplateException when it cannot be, such as by a wrong argument
  public String execute(Map<String, ? extends @Nullable Object> data) throws TemplateException {
    return new Execution(templates, data).run();
  }
}
