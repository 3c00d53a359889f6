package dev.weir.agent.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// A temporary directory that goes with its user.
final class Scratch implements AutoCloseable {
  private final Path directory;

  Scratch() throws IOException {
    directory = Files.createTempDirectory("weir-demo");
  }

  Path directory() {
    return directory;
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
