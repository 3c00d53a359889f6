package dev.weir.agent.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// Which configuration a command is about: an argument, or the option of older set-ups.
final class ConfigurationArgument {
  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE|DIR",
      description = "A configuration file, or a directory whose *.alloy and *.river files are one.")
  private @Nullable Path argument;

  @Option(names = "--config.file", paramLabel = "FILE", description = "The same, as an option.")
  private @Nullable Path option;

  Path path() {
    Path path = optional();
    if (path == null) {
      throw new ParameterException(
          spec.commandLine(), "a configuration file or directory is required");
    }
    return path;
  }

  /// Null when none is given.
  @Nullable Path optional() {
    if (argument != null && option != null) {
      throw new ParameterException(
          spec.commandLine(),
          "give the configuration as an argument or as --config.file, not both");
    }
    Path path = argument != null ? argument : option;
    if (path != null && !Files.exists(path)) {
      throw new ParameterException(spec.commandLine(), "no such file or directory: " + path);
    }
    return path;
  }
}
