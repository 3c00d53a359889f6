package dev.weir.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.AgentOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// The short way to an agent, which must understand a line as the long way does or not at all.
class PlainRunTest {
  @TempDir private Path directory;
  private String file = "";

  @BeforeEach
  void write() throws IOException {
    file = Files.createFile(directory.resolve("config.river")).toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run FILE",
        "run --config.file=FILE",
        "run FILE --storage.path=/var/lib/alloy --log.level=debug",
        "run --server.http.listen-addr=127.0.0.1:0 --config.file=FILE --log.level=error",
        "run --server.http.listen-addr=:12345 FILE",
        "run --server.http.listen-addr=[::1]:12345 FILE",
      })
  void understandsALineAsTheCommandDoes(String line) {
    String[] arguments = arguments(line);

    assertThat(PlainRun.parse(arguments)).contains(byCommand(arguments));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "validate FILE",
        "run --help",
        "run FILE FILE",
        "run FILE --config.file=FILE",
        "run /nonexistent",
        "run FILE --log.level=loud",
        "run FILE --log.level debug",
        "run FILE --server.http.listen-addr=nowhere",
        "run FILE --unknown=1",
        "run FILE --stability.level=experimental",
      })
  void leavesEverythingElseToTheCommand(String line) {
    assertThat(PlainRun.parse(arguments(line))).isEmpty();
  }

  @Test
  void hasNothingToSayToAnEmptyLine() {
    assertThat(PlainRun.parse()).isEmpty();
  }

  private String[] arguments(String line) {
    return line.replace("FILE", file).split(" ", -1);
  }

  private static AgentOptions byCommand(String[] arguments) {
    CommandLine.ParseResult parsed = RootCommand.commandLine().parseArgs(arguments).subcommand();
    List<CommandLine.Model.CommandSpec> mixins =
        new ArrayList<>(parsed.commandSpec().mixins().values());
    ConfigurationArgument configuration = mixin(mixins, ConfigurationArgument.class);
    return mixin(mixins, RunOptions.class).toAgentOptions(configuration.path());
  }

  private static <T> T mixin(List<CommandLine.Model.CommandSpec> mixins, Class<T> type) {
    return mixins.stream()
        .map(CommandLine.Model.CommandSpec::userObject)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow();
  }
}
