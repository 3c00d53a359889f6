package dev.weir.agent.cli;

import dev.weir.agent.Agent;
import dev.weir.agent.river.Diagnostic;
import dev.weir.agent.runtime.AgentRuntime;
import dev.weir.agent.runtime.Configuration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `weir validate`: says everything that is wrong with a configuration, and runs nothing.
@Command(
    name = "validate",
    aliases = "eval",
    description = "Check a configuration without running it; exit with 1 if it has errors.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ValidateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigurationArgument configuration;
  @Mixin private RunOptions options;

  @Override
  public Integer call() throws IOException {
    Path path = configuration.path();
    List<Diagnostic> found =
        AgentRuntime.check(
            Agent.environment(options.toAgentOptions(path)), Configuration.read(path));
    Terminal.print(spec, found);
    if (found.stream().anyMatch(d -> d.severity() == Diagnostic.Severity.ERROR)) {
      throw new IllegalStateException("validation failed");
    }
    return 0;
  }
}
