package dev.weir.agent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `weir run`: the agent.
@Command(
    name = "run",
    description = "Run a configuration until SIGTERM or SIGINT.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "SIGHUP and POST /-/reload read the configuration again; an invalid one changes nothing.",
      "SIGTERM stops reading, waits for Loki to confirm what is under way and saves positions;",
      "a second one ends at once: nothing is lost, the last lines are sent again.",
      "",
      "With --pipelines.dir every *.river and *.river.gz of a directory runs as a pipeline of its",
      "own besides the configuration, which may then be left out. A file that is wrong, or whose",
      "Loki is down, hurts no other; changes are taken up without a reload. What they do is told",
      "at /api/v1/pipelines and /metrics/pipelines.",
      "",
      "Examples:",
      "  weir run /etc/alloy/config.river",
      "  weir run --config.file=/etc/alloy/config.river --log.level=debug",
      "  weir run --server.http.listen-addr=0.0.0.0:12345 --storage.path=/var/lib/alloy /etc/alloy",
      "  weir run --pipelines.dir=/etc/weir/pipelines --storage.path=/var/lib/weir"
    })
final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigurationArgument configuration;
  @Mixin private RunOptions options;
  @Mixin private PipelineOptions pipelines;

  @Override
  public Integer call() throws InterruptedException {
    CommandLine command = spec.commandLine();
    return new AgentRun(command.getOut(), command.getErr(), Ansi.AUTO.enabled())
        .run(
            pipelines.isGiven()
                ? options.toAgentOptions(configuration.optional(), pipelines.settings())
                : options.toAgentOptions(configuration.path()));
  }
}
