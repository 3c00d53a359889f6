package dev.weir.agent.cli;

import dev.weir.agent.Agent;
import dev.weir.agent.AgentOptions;
import dev.weir.agent.component.Stability;
import dev.weir.agent.convert.Conversion;
import dev.weir.agent.convert.Finding;
import dev.weir.agent.convert.Finding.Severity;
import dev.weir.agent.convert.PromtailConverter;
import dev.weir.agent.river.Diagnostic;
import dev.weir.agent.river.SourceFile;
import dev.weir.agent.runtime.AgentRuntime;
import dev.weir.agent.runtime.Configuration;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `weir convert`: another agent's configuration as River.
@Command(
    name = "convert",
    description = "Convert a configuration of Promtail to River and print it.",
    footer = {
      "",
      "Everything that could not be converted is listed. An error means that the result does less"
          + " than its source: it is printed only with --bypass-errors."
    },
    mixinStandardHelpOptions = true)
final class ConvertCommand implements Callable<Integer> {
  private static final AgentOptions OPTIONS =
      new AgentOptions(
          Path.of("config.river"),
          null,
          null,
          Path.of(PlainRun.DEFAULT_STORAGE),
          Stability.EXPERIMENTAL,
          Release.VERSION,
          PlainRun.DRAIN_TIMEOUT);

  @Spec private CommandSpec spec;

  @Option(
      names = {"-f", "--source-format"},
      paramLabel = "FORMAT",
      required = true,
      description = "What to convert from: promtail.")
  private String format = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to write the result; printed without it.")
  private @Nullable Path output;

  @Option(
      names = {"-r", "--report"},
      paramLabel = "FILE",
      description = "Where to write everything that was found, a line each.")
  private @Nullable Path report;

  @Option(
      names = {"-b", "--bypass-errors"},
      description = "Write the result although it does less than its source.")
  private boolean bypassErrors;

  @Option(
      names = {"-e", "--extra-args"},
      paramLabel = "ARGS",
      description = "Command line options of the source; Promtail's are not supported.")
  private String extraArguments = "";

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      arity = "0..1",
      description = "The file; standard input without one, or for -.")
  private String file = "-";

  @Override
  public Integer call() throws IOException {
    if (!format.equals("promtail")) {
      throw new IllegalArgumentException(
          "unsupported source format \"" + format + "\": only promtail can be converted");
    }
    if (!extraArguments.isEmpty()) {
      throw new IllegalArgumentException("extra arguments are not supported for promtail");
    }
    byte[] source = file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
    Conversion conversion =
        checked(PromtailConverter.convert(new String(source, StandardCharsets.UTF_8)));
    String found =
        conversion.findings().stream()
            .map(finding -> finding + System.lineSeparator())
            .collect(Collectors.joining());
    if (report != null) {
      Files.writeString(report, found);
    }
    PrintWriter err = spec.commandLine().getErr();
    err.print(found);
    err.flush();
    refuse(conversion);
    write(conversion.river());
    return 0;
  }

  /// Adds what would keep the result from being loaded, such as components that Weir does not have.
  private static Conversion checked(Conversion conversion) {
    var result = SourceFile.of("the result", conversion.river());
    var configuration = new Configuration(Path.of("config.river"), List.of(result));
    List<Finding> findings = new ArrayList<>(conversion.findings());
    AgentRuntime.check(Agent.environment(OPTIONS), configuration).stream()
        .filter(found -> found.severity() == Diagnostic.Severity.ERROR)
        .map(
            found -> new Finding(Severity.ERROR, "the result cannot be loaded: " + found.summary()))
        .forEach(findings::add);
    return new Conversion(conversion.river(), findings);
  }

  private void refuse(Conversion conversion) {
    if (conversion.found(Severity.CRITICAL)
        || (!bypassErrors && conversion.found(Severity.ERROR))) {
      long errors = conversion.findings().stream().filter(ConvertCommand::isError).count();
      throw new IllegalStateException(
          errors
              + (errors == 1 ? " error" : " errors")
              + " in the conversion, nothing was written");
    }
  }

  private static boolean isError(Finding finding) {
    return finding.severity().compareTo(Severity.ERROR) <= 0;
  }

  private void write(String river) throws IOException {
    if (output != null) {
      if (Files.exists(output)) {
        Replacement.write(output, river);
      } else {
        Files.writeString(output, river);
      }
      return;
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(river);
    out.flush();
  }
}
