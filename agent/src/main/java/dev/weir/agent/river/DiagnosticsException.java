package dev.weir.agent.river;

import java.util.List;

/// A configuration that cannot be used, with every reason found.
public final class DiagnosticsException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Diagnostic> diagnostics;

  /// @param diagnostics at least one
  public DiagnosticsException(List<Diagnostic> diagnostics) {
    super(describe(diagnostics));
    this.diagnostics = List.copyOf(diagnostics);
  }

  /// A configuration refused for one reason.
  public DiagnosticsException(Diagnostic diagnostic) {
    this(List.of(diagnostic));
  }

  /// Every reason, in source order.
  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  private static String describe(List<Diagnostic> diagnostics) {
    String first = diagnostics.getFirst().summary();
    int more = diagnostics.size() - 1;
    return more == 0 ? first : first + " (and " + more + " more diagnostics)";
  }
}
