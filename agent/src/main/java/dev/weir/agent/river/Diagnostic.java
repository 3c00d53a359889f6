package dev.weir.agent.river;

import org.jspecify.annotations.Nullable;

/// Something to tell the user about a configuration, with its place.
///
/// @param span null when no place in a file is to blame
/// @param value rendered text of the offending value when it is not literal in the file
public record Diagnostic(
    Severity severity, @Nullable Span span, String message, @Nullable String value) {
  /// Whether the configuration can be used all the same.
  public enum Severity {
    ERROR,
    WARNING
  }

  /// An error at a place.
  public static Diagnostic error(@Nullable Span span, String message) {
    return new Diagnostic(Severity.ERROR, span, message, null);
  }

  /// A warning at a place.
  public static Diagnostic warning(@Nullable Span span, String message) {
    return new Diagnostic(Severity.WARNING, span, message, null);
  }

  /// One line: `file:line:column: message`, without the severity.
  public String summary() {
    if (span == null) {
      return message;
    }
    Position start = span.start();
    return span.file().name() + ":" + start.line() + ":" + start.column() + ": " + message;
  }
}
