package dev.weir.agent.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The entry point: `weir COMMAND`. Errors go to standard error and end with exit code 1.
@Command(
    name = "weir",
    description =
        "Reads containers' logs, runs them through River pipelines, delivers them to Loki.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Version.Provider.class,
    sortOptions = false,
    subcommands = {
      RunCommand.class,
      ValidateCommand.class,
      FmtCommand.class,
      SandboxCommand.class,
      DemoCommand.class,
      VersionCommand.class,
      TrainCommand.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  weir demo                                 sandbox, agent and your running containers",
      "  weir validate /etc/alloy/config.river     say what is wrong, run nothing",
      "  weir run /etc/alloy/config.river          run until SIGTERM; SIGHUP reloads",
      "  weir sandbox                              a small Loki in memory, on port 3100",
      ""
    })
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(execute(args));
  }

  static int execute(String... args) {
    return commandLine().execute(args);
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Errors::usage)
        .setExecutionExceptionHandler(Errors::execution);
  }
}
