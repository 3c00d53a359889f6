package dev.weir.agent.cli;

import dev.weir.agent.Agent;
import dev.weir.agent.AgentOptions;
import dev.weir.agent.river.DiagnosticsException;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
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
      "Examples:",
      "  weir run /etc/alloy/config.river",
      "  weir run --config.file=/etc/alloy/config.river --log.level=debug",
      "  weir run --server.http.listen-addr=0.0.0.0:12345 --storage.path=/var/lib/alloy /etc/alloy"
    })
final class RunCommand implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(RunCommand.class);

  @Spec private CommandSpec spec;
  @Mixin private ConfigurationArgument configuration;
  @Mixin private RunOptions options;

  @Override
  public Integer call() throws InterruptedException {
    AgentOptions agentOptions = options.toAgentOptions(configuration.path());
    var agent = new Agent(agentOptions);
    try {
      agent.start();
    } catch (DiagnosticsException e) {
      Terminal.print(spec, e.diagnostics());
      spec.commandLine().getOut().println();
      throw new IllegalStateException("could not perform the initial load successfully", e);
    } catch (IOException e) {
      throw new IllegalStateException("could not read the configuration: " + e, e);
    }
    log.atInfo()
        .addKeyValue("addr", agent.address())
        .addKeyValue("version", agentOptions.version())
        .log("now listening for http traffic");
    new Lifecycle(agent).runUntilSignalled();
    return 0;
  }
}
