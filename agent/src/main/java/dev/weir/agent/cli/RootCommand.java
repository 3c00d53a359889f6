package dev.weir.agent.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/// `weir COMMAND`. Errors go to standard error and end with exit code 1.
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
      TapCommand.class,
      TestCommand.class,
      ConvertCommand.class,
      SandboxCommand.class,
      DemoCommand.class,
      BenchCommand.class,
      VersionCommand.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  weir demo                                 sandbox, agent and your running containers",
      "  weir validate /etc/alloy/config.river     say what is wrong, run nothing",
      "  weir run /etc/alloy/config.river          run until SIGTERM; SIGHUP reloads",
      "  weir test tests.yaml                      do my pipelines what I expect?",
      "  weir tap loki.process.default             what flows out of a component, live",
      "  weir convert -f promtail promtail.yaml    Promtail's configuration as River",
      "  weir sandbox                              a small Loki in memory, on port 3100",
      ""
    })
final class RootCommand {
  private RootCommand() {}

  static CommandLine commandLine() {
    var root = new CommandLine(new RootCommand());
    root.getSubcommands()
        .forEach((name, command) -> {
          if (name.equals("run") || name.equals("validate")) {
            AlloyFlags.addTo(command.getCommandSpec());
          }
        });
    return root.setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionStrategy(RootCommand::execute)
        .setParameterExceptionHandler(Errors::usage)
        .setExecutionExceptionHandler(Errors::execution);
  }

  private static int execute(ParseResult parsed) {
    AlloyFlags.check(parsed);
    return new CommandLine.RunLast().execute(parsed);
  }
}
