package dev.weir.agent.cli;

import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.river.Parser;
import dev.weir.agent.river.Printer;
import dev.weir.agent.river.RiverFile;
import dev.weir.agent.river.SourceFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `weir fmt`: the one true layout of a River file.
@Command(
    name = "fmt",
    aliases = "format",
    description = "Format a River file and print it; \"-\" reads standard input.",
    mixinStandardHelpOptions = true)
final class FmtCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-w", "--write"},
      description = "Write the result back to the file instead of printing it.")
  private boolean write;

  @Option(
      names = {"-t", "--test"},
      description = "Print nothing; exit with 1 if the file is not formatted.")
  private boolean test;

  @Parameters(index = "0", paramLabel = "FILE", description = "The file, or -.")
  private String file = "";

  @Override
  public Integer call() throws IOException {
    if (!file.equals("-") && Files.isDirectory(Path.of(file))) {
      throw new IllegalArgumentException("the path " + file + " is a directory");
    }
    byte[] before = file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
    String after;
    try {
      RiverFile parsed = Parser.parse(new SourceFile(file.equals("-") ? "<stdin>" : file, before));
      after = Printer.print(parsed);
    } catch (DiagnosticsException e) {
      Terminal.print(spec, e.diagnostics());
      return 1;
    }
    return finish(new String(before, StandardCharsets.UTF_8), after);
  }

  private int finish(String before, String after) throws IOException {
    if (test) {
      if (before.equals(after)) {
        return 0;
      }
      throw new IllegalStateException("file " + file + " is not formatted correctly");
    }
    if (write && !file.equals("-")) {
      if (!before.equals(after)) {
        Replacement.write(Path.of(file), after);
      }
      return 0;
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(after);
    out.flush();
    return 0;
  }
}
