package dev.weir.agent.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/// What a command printed and how it ended.
record CommandLineRun(int status, String out, String err) {
  static CommandLineRun of(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    CommandLine command =
        RootCommand.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int status = command.execute(arguments);
    command.getOut().flush();
    command.getErr().flush();
    return new CommandLineRun(status, out.toString(), err.toString());
  }
}
