package dev.weir.agent.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A shell in which the guide's commands run as printed.
///
/// `docker` in it is a script that talks to the tests' Engine, knows the container `alloy` by the
/// name that it has there, and uses the `docker-compose` command where Docker has no `compose`.
final class GuideShell {
  private final Path directory;
  private final Path programs;
  private final String host;
  private final Map<String, String> addresses = new LinkedHashMap<>();

  /// @param directory where commands run
  /// @param host the Engine's address
  GuideShell(Path directory, String host) throws IOException {
    this.directory = directory;
    this.host = host;
    this.programs = Files.createDirectories(directory.resolve(".programs"));
    Path docker = programs.resolve("docker");
    Files.writeString(
        docker,
        """
        #!/bin/bash
        PATH=${PATH#*:}
        if [ "$1" = compose ] && ! docker compose version >/dev/null 2>&1; then
          exec docker-compose "${@:2}"
        fi
        words=()
        for word; do
          if [ "$word" = alloy ] && [ "$1" != compose ] && [ -z "${found:-}" ]; then
            word=%salloy found=yes
          fi
          words+=("$word")
        done
        exec docker "${words[@]}"
        """
            .formatted(ComposeProject.PREFIX));
    Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /// From now on commands that name the first address reach the second.
  void map(String printed, String actual) {
    addresses.put(printed, actual);
  }

  /// Runs a command of the guide and returns what it printed, errors included.
  Tool.Result run(String command) throws IOException, InterruptedException {
    String mapped = command;
    for (var address : addresses.entrySet()) {
      mapped = mapped.replace(address.getKey(), address.getValue());
    }
    var builder =
        new ProcessBuilder(List.of("bash", "-e", "-o", "pipefail", "-c", mapped))
            .directory(directory.toFile())
            .redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.merge("PATH", programs + ":", (path, first) -> first + path);
    environment.put("DOCKER_HOST", host);
    environment.put("DOCKER_BUILDKIT", "0");
    environment.put("COMPOSE_DOCKER_CLI_BUILD", "0");
    environment.put("COMPOSE_PROJECT_NAME", "weir-image-test");
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Tool.Result(process.waitFor(), output);
  }
}
