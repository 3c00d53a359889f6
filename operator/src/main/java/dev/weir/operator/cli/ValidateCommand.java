package dev.weir.operator.cli;

import dev.weir.operator.render.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `weir-operator validate`: says what is wrong with pipelines in files.
@Command(
    name = "validate",
    description = "Check pipelines in files without a cluster; exit with 1 if one cannot run.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Classes and namespaces in the files count; a class that is missing allows all namespaces.",
      "The rules in CEL are asked by API servers, most of them here as well."
    })
final class ValidateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "YAML, of any number of documents.")
  private List<Path> files = List.of();

  @Override
  public Integer call() throws IOException {
    return report(Offline.of(files), spec.commandLine().getErr());
  }

  /// Writes what is wrong; returns the status to exit with.
  static int report(Offline offline, PrintWriter out) {
    offline.faults().forEach(out::println);
    boolean failed = !offline.faults().isEmpty();
    for (Offline.Result result : offline.results()) {
      for (Problem problem : result.rendered().problems()) {
        out.println(result.id() + ": " + problem.reason().text() + ": " + problem.text());
        failed = true;
      }
    }
    out.flush();
    return failed ? 1 : 0;
  }
}
