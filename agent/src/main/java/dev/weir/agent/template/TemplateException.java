package dev.weir.agent.template;

/// A template that could not be carried out on its data.
///
/// Has no stack trace: it is thrown for lines, not for errors of the program.
public final class TemplateException extends Exception {
  private static final long serialVersionUID = 1L;

  TemplateException(String message) {
    super(message, null, false, false);
  }
}
