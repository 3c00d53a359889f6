package dev.weir.agent.template;

/// Text that is no template, or one that calls a function nobody knows.
public final class TemplateSyntaxException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  TemplateSyntaxException(int line, String message) {
    super("template: " + line + ": " + message);
  }
}
