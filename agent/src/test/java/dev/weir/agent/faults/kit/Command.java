package dev.weir.agent.faults.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Commands of the operating system, for what only root may do or Java does not.
public final class Command {
  private Command() {}

  /// Runs a command and returns what it printed.
  ///
  /// @throws IllegalStateException when it fails, with what it printed
  public static String run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ": " + output.strip());
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Refuses to go on without root.
  public static void requireRoot(String why) {
    if (!run("id", "-u").strip().equals("0")) {
      throw new IllegalStateException("this case must run as root, which " + why);
    }
  }
}
