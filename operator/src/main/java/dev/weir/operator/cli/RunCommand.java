package dev.weir.operator.cli;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/// `weir-operator run` for picocli, made of the [RunOption]s: help, and what is wrong with a line.
final class RunCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  private final CommandSpec spec;

  RunCommand(Map<String, String> environment) {
    this.environment = environment;
    spec =
        CommandSpec.wrapWithoutInspection(this)
            .mixinStandardHelpOptions(true)
            .versionProvider(new Main.Version());
    spec.usageMessage()
        .description("Run the operator until SIGTERM or SIGINT.")
        .sortOptions(false)
        .footer(
            "",
            "Each option can be given by the environment too: --agent-image by "
                + RunOption.AGENT_IMAGE.variable()
                + ".");
    for (RunOption option : RunOption.values()) {
      spec.addOption(
          OptionSpec.builder(option.option())
              .type(String.class)
              .arity("1")
              .paramLabel(option.label())
              .description(option.description())
              .build());
    }
  }

  CommandLine commandLine() {
    return new CommandLine(spec);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Map<RunOption, String> line = new EnumMap<>(RunOption.class);
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      RunOption known = RunOption.named(option.longestName());
      if (known != null) {
        line.put(known, option.getValue());
      }
    }
    return OperatorProcess.runUntilStopped(checked(new GivenOptions(line, environment)));
  }

  private RunSettings checked(GivenOptions given) {
    try {
      return RunSettings.of(given);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
