package dev.weir.agent.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `weir tap`: what flows out of a component of a running agent.
@Command(
    name = "tap",
    description = "Print the lines that a component of a running agent passes on, as they pass.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "The pipeline does not wait: lines that come faster than they can be shown are left out, and",
      "their number is told on standard error. Agents show lines to their own machine or container",
      "only, unless run with --server.http.tap=all.",
      "",
      "Examples:",
      "  weir tap                                   names of what can be tapped",
      "  weir tap loki.process.default              until Ctrl-C",
      "  weir tap -l '{app=\"shop\"} |= \"error\"' --limit=100 loki.source.docker.containers",
      "  weir tap -o json loki.process.default | jq .labels",
      "  docker exec alloy alloy tap loki.process.default"
    })
final class TapCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "COMPONENT",
      description = "Such as loki.process.default; PIPELINE/loki.process.default in a pipeline.")
  private @Nullable String component;

  @Option(
      names = {"-s", "--server"},
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:12345",
      description = "Where the agent answers. Default: ${DEFAULT-VALUE}")
  private String server = "";

  @Option(
      names = {"-l", "--selector"},
      paramLabel = "SELECTOR",
      defaultValue = "",
      description = "Which lines: labels and line filters as in LogQL. Default: all")
  private String selector = "";

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "LINES",
      defaultValue = "0",
      description = "End after that many lines. Default: never")
  private long limit;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description =
          "text: time, labels, line; json: an object per line; raw: the line alone. Default:"
              + " ${DEFAULT-VALUE}")
  private TapOutput output = TapOutput.TEXT;

  @Override
  public Integer call() throws IOException {
    var client = new TapClient(server);
    PrintWriter out = spec.commandLine().getOut();
    if (component == null) {
      client.names().forEach(out::println);
      out.flush();
    } else {
      var printer = new TapPrinter(output, out, spec.commandLine().getErr());
      client.follow(component, selector, limit, printer);
    }
    return 0;
  }
}
