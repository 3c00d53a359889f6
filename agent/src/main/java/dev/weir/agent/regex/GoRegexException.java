package dev.weir.agent.regex;

/// Text that is not a regular expression in Go's syntax; the message is the one Go gives.
public final class GoRegexException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  GoRegexException(String problem, String text) {
    super("error parsing regexp: " + problem + ": `" + text + "`");
  }
}
