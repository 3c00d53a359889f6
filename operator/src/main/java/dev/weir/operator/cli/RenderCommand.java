package dev.weir.operator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `weir-operator render`: shows what agents would run.
@Command(
    name = "render",
    description = "Print the River of pipelines in files; exit with 1 if one cannot run.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class RenderCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "YAML, of any number of documents.")
  private List<Path> files = List.of();

  @Override
  public Integer call() throws IOException {
    Offline offline = Offline.of(files);
    PrintWriter out = spec.commandLine().getOut();
    for (Offline.Result result : offline.results()) {
      if (result.rendered().ok()) {
        out.println("// " + result.id());
        out.println(result.rendered().text());
      }
    }
    out.flush();
    return ValidateCommand.report(offline, spec.commandLine().getErr());
  }
}
