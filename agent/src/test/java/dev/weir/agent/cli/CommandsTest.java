package dev.weir.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
  @TempDir private Path directory;

  @Test
  void tellsUnknownCommandsApart() {
    CommandLineRun run = CommandLineRun.of("rnu");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).startsWith("Error: ").contains("rnu").contains("--help");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"run", "validate", "fmt", "test", "convert", "sandbox", "demo", "version"})
  void explainsEveryCommand(String command) {
    CommandLineRun run = CommandLineRun.of(command, "--help");

    assertThat(run.status()).isZero();
    assertThat(run.out()).startsWith("Usage: weir " + command);
  }

  @ParameterizedTest
  @ValueSource(strings = {"validate", "eval"})
  void acceptsAValidConfiguration(String command) throws IOException {
    Path file = write("logging { level = \"debug\" }");

    CommandLineRun run = CommandLineRun.of(command, file.toString());

    assertThat(run).isEqualTo(new CommandLineRun(0, "", ""));
  }

  @Test
  void namesThePlaceOfEveryMistake() throws IOException {
    Path file =
        write(
            """
            loki.write "a" {
              endpoint { }
              colour = "red"
            }
            nothing.known "b" { }
            """);

    CommandLineRun run = CommandLineRun.of("validate", file.toString());

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .contains(
            "Error: "
                + file
                + ":5:1: cannot find the definition of component name \"nothing.known\"")
        .endsWith("Error: validation failed\n");
  }

  @Test
  void refusesToRunAnInvalidConfiguration() throws IOException {
    Path file = write("loki.write \"a\" { colour = \"red\" }");

    CommandLineRun run = CommandLineRun.of("run", file.toString());

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .contains(file + ":1:18: unrecognized attribute name \"colour\"")
        .endsWith("Error: could not perform the initial load successfully\n");
  }

  @Test
  void wantsTheConfigurationOnce() throws IOException {
    Path file = write("");

    assertThat(CommandLineRun.of("run").err()).contains("is required");
    assertThat(CommandLineRun.of("run", "/nonexistent.river").err())
        .contains("no such file or directory: /nonexistent.river");
    assertThat(CommandLineRun.of("run", "--config.file=" + file, file.toString()).err())
        .contains("not both");
  }

  @Test
  void printsFormattedTextAndLeavesTheFileAlone() throws IOException {
    Path file = write("logging {\n  level=\"info\"\n}");

    CommandLineRun run = CommandLineRun.of("fmt", file.toString());

    assertThat(run.out()).isEqualTo("logging {\n\tlevel = \"info\"\n}\n");
    assertThat(file).hasContent("logging {\n  level=\"info\"\n}");
  }

  @Test
  void writesFormattedTextBackWithItsPermissions() throws IOException {
    Path file = write("logging {\n  level=\"info\"\n}");
    var permissions = Files.getPosixFilePermissions(file);

    CommandLineRun run = CommandLineRun.of("fmt", "-w", file.toString());

    assertThat(run.status()).isZero();
    assertThat(Files.readString(file)).isEqualTo("logging {\n\tlevel = \"info\"\n}\n");
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(permissions);
  }

  @Test
  void testsTheFormatByExitCode() throws IOException {
    Path file = write("logging {\n  level=\"info\"\n}");

    assertThat(CommandLineRun.of("fmt", "-t", file.toString()).status()).isEqualTo(1);
    CommandLineRun.of("fmt", "-w", file.toString());
    assertThat(CommandLineRun.of("fmt", "-t", file.toString()).status()).isZero();
  }

  @Test
  void doesNotFormatWhatItCannotParse() throws IOException {
    Path file = write("logging {");

    CommandLineRun run = CommandLineRun.of("fmt", "-w", file.toString());

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).startsWith("Error: " + file + ":1:");
    assertThat(file).hasContent("logging {");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1:notaport", "127.0.0.1:70000"})
  void refusesAddressesWithoutAPort(String address) throws IOException {
    Path file = write("");

    CommandLineRun run =
        CommandLineRun.of("run", "--server.http.listen-addr=" + address, file.toString());

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains(address);
  }

  private Path write(String text) throws IOException {
    return Files.writeString(directory.resolve("config.river"), text);
  }
}
