package dev.weir.agent.river;

import dev.weir.agent.river.Diagnostic.Severity;
import java.util.List;

/// Shows diagnostics to a person: each with its place, its message and the lines it is about.
///
/// The value of a diagnostic is not shown; it may be a secret.
public final class DiagnosticPrinter {
  private static final String RESET = "\u001b[0m";
  private static final String BOLD = "\u001b[1m";
  private static final String BOLD_RED = "\u001b[31;1m";
  private static final String BOLD_YELLOW = "\u001b[33;1m";

  private DiagnosticPrinter() {}

  /// The text for all diagnostics, with an empty line between any two; empty for none.
  ///
  /// @param colour whether to use a terminal's escape sequences
  public static String print(List<Diagnostic> diagnostics, boolean colour) {
    StringBuilder out = new StringBuilder();
    for (Diagnostic diagnostic : diagnostics) {
      if (!out.isEmpty()) {
        out.append('\n');
      }
      appendHeader(out, diagnostic, colour);
      if (diagnostic.span() != null) {
        out.append('\n');
        Excerpt.append(out, diagnostic.span());
      }
    }
    return out.toString();
  }

  private static void appendHeader(StringBuilder out, Diagnostic diagnostic, boolean colour) {
    boolean error = diagnostic.severity() == Severity.ERROR;
    String severity = error ? "Error: " : "Warning: ";
    if (colour) {
      out.append(error ? BOLD_RED : BOLD_YELLOW).append(severity).append(RESET);
      out.append(BOLD).append(diagnostic.summary()).append('\n').append(RESET);
    } else {
      out.append(severity).append(diagnostic.summary()).append('\n');
    }
  }
}
