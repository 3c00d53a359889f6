package dev.weir.agent.loki.source.docker;

import dev.weir.agent.docker.ContainerDetails;
import dev.weir.agent.loki.source.docker.LogFile.Driver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Knows where containers' log files are and whether they can be read. Thread-safe.
///
/// The path is that on the Engine's host. An agent in a container finds the file there when the
/// directory is mounted at the same place; as the container's id is in the path, what is found is
/// never another machine's.
final class LogFiles {
  private volatile @Nullable Path containers;

  /// Sets where the Engine keeps its data; empty when it does not say.
  void rootDirectory(String directory) {
    containers = directory.isEmpty() ? null : Path.of(directory, "containers");
  }

  /// Where containers have their directories, or null while that is unknown.
  @Nullable Path containers() {
    return containers;
  }

  /// Where a container's log file is, if its driver writes one that is understood.
  Optional<LogFile> of(ContainerDetails container) {
    for (Driver driver : Driver.values()) {
      if (container.logDriver().equals(driver.text())) {
        return of(container, driver);
      }
    }
    return Optional.empty();
  }

  private Optional<LogFile> of(ContainerDetails container, Driver driver) {
    if (!container.logPath().isEmpty()) {
      return Optional.of(new LogFile(Path.of(container.logPath()), driver));
    }
    return Optional.ofNullable(directory(container.id()))
        .map(directory -> new LogFile(driver.in(directory, container.id()), driver));
  }

  /// The log file that a container has now, whatever else is known of it.
  Optional<LogFile> existing(String id) {
    Path directory = directory(id);
    if (directory != null) {
      for (Driver driver : Driver.values()) {
        var file = new LogFile(driver.in(directory, id), driver);
        if (Files.exists(file.path())) {
          return Optional.of(file);
        }
      }
    }
    return Optional.empty();
  }

  private @Nullable Path directory(String id) {
    Path all = containers;
    return all == null ? null : all.resolve(id);
  }

  /// Whether the file is there and may be read.
  static boolean isReadable(LogFile file) {
    return Files.isReadable(file.path()) && Files.isRegularFile(file.path());
  }
}
