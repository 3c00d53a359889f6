package dev.weir.operator.cli;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The entry point of the operator.
@Command(
    name = "weir-operator",
    description = "Runs log agents on Kubernetes as LogAgentClasses and LogPipelines ask for.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {ValidateCommand.class, RenderCommand.class, TrainCommand.class})
public final class Main {
  /// Without a leading `v`; `dev` where the classes do not come from the jar.
  static final String RELEASE =
      Objects.requireNonNullElse(Main.class.getPackage().getImplementationVersion(), "dev");

  private Main() {}

  /// What `--version` prints.
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"weir-operator, version v" + RELEASE};
    }
  }

  static CommandLine commandLine(Map<String, String> environment) {
    return new CommandLine(new Main())
        .addSubcommand("run", new RunCommand(environment).commandLine());
  }

  /// What a plain `run` line asks for. It is read without picocli, whose classes are too old for an
  /// AOT cache and take a good part of a start; mistakes are left to it.
  private static Optional<RunSettings> plain(String... arguments) {
    try {
      return GivenOptions.ofPlainLine(System.getenv(), arguments).map(RunSettings::of);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Optional<RunSettings> plain = plain(arguments);
    System.exit(
        plain.isPresent()
            ? OperatorProcess.runUntilStopped(plain.get())
            : commandLine(System.getenv()).execute(arguments));
  }
}
