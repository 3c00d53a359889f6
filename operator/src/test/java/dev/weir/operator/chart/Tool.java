package dev.weir.operator.chart;

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
  /// The top of the repository.
  static final Path TOP = Path.of("..").toAbsolutePath().normalize();

  private Tool() {}

  /// What a program said.
  record Result(int status, String output, String errors) {}

  /// Makes the test go on only if the program is there.
  static void require(String name) {
    boolean present =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(directory -> Path.of(directory, name).toFile().canExecute());
    if (present) {
      return;
    }
    if (System.getenv("CI") != null) {
      fail(name + " is not installed");
    }
    abort(name + " is not installed");
  }

  /// Runs a program at the top of the repository.
  static Result run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).directory(TOP.toFile()).start();
    process.getOutputStream().close();
    var errors = new StringBuilder();
    Thread reader =
        Thread.ofVirtual()
            .start(() -> {
              try {
                errors.append(text(process.getErrorStream().readAllBytes()));
              } catch (IOException e) {
                errors.append(e);
              }
            });
    String output = text(process.getInputStream().readAllBytes());
    reader.join();
    return new Result(process.waitFor(), output, errors.toString());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
