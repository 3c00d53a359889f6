package dev.weir.operator.cli;

import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The entry point of the operator.
@Command(
    name = "weir-operator",
    description = "Runs log agents on Kubernetes as LogAgentClasses and LogPipelines ask for.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {
      RunCommand.class,
      ValidateCommand.class,
      RenderCommand.class,
      TrainCommand.class
    })
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

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }
}
