package dev.weir.agent.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The `docker` command against the tests' Engine.
final class DockerCli {
  private final String host;

  DockerCli(String host) {
    this.host = host;
  }

  /// Runs a command that must succeed, and returns what it printed, errors included.
  String run(String... arguments) throws IOException, InterruptedException {
    Tool.Result result = attempt(List.of(arguments));
    assertThat(result.status()).as("docker %s: %s", List.of(arguments), result.output()).isZero();
    return result.output().strip();
  }

  /// Runs a command that may fail.
  Tool.Result attempt(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("docker", "--host", host));
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(Repository.TOP.toFile());
    // The builder of the Engine itself: the other one is a plug-in that need not be there.
    builder.environment().put("DOCKER_BUILDKIT", "0");
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Tool.Result(process.waitFor(), output);
  }
}
