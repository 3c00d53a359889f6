package dev.weir.agent.cli;

import dev.weir.agent.river.Diagnostic;
import dev.weir.agent.river.DiagnosticPrinter;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/// What commands print to the user's terminal.
final class Terminal {
  private Terminal() {}

  /// Prints diagnostics with their source to standard error, in colour on a terminal.
  static void print(CommandSpec spec, List<Diagnostic> diagnostics) {
    PrintWriter err = spec.commandLine().getErr();
    err.print(DiagnosticPrinter.print(diagnostics, Ansi.AUTO.enabled()));
    err.flush();
  }
}
