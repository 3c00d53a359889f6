package dev.weir.agent.stack;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// A program of the machine that a test needs. Where it is missing the test is skipped, but fails
/// in CI, which installs it.
final class Tool {
  private Tool() {}

  /// What a program said.
  record Result(int status, String output) {}

  /// Makes the test go on only if the program is there.
  static void require(String name) {
    boolean present =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(directory -> Path.of(directory, name).toFile().canExecute());
    if (present) {
      return;
    }
    if (System.getenv("CI") != null || System.getenv("WEIR_TEST_DOCKER_HOST") != null) {
      fail(name + " is not installed");
    }
    abort(name + " is not installed");
  }

  /// Runs a program in a directory of the repository.
  static Result run(Path directory, List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }
}
