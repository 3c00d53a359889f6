package dev.weir.agent.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Turns what goes wrong into one line for the user and exit code 1.
final class Errors {
  private Errors() {}

  static int usage(ParameterException error, String[] args) {
    CommandLine command = error.getCommandLine();
    PrintWriter out = command.getErr();
    out.println("Error: " + error.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(error, out);
    out.println("Run '" + command.getCommandSpec().qualifiedName() + " --help' for usage.");
    out.flush();
    return 1;
  }

  static int execution(Exception error, CommandLine command, ParseResult parsed) {
    String message = error.getMessage() == null ? error.toString() : error.getMessage();
    command.getErr().println("Error: " + message);
    command.getErr().flush();
    return 1;
  }
}
