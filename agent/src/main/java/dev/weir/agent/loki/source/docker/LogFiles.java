package dev.weir.agent.loki.source.docker;

import dev.weir.agent.docker.ContainerDetails;
import dev.weir.agent.loki.tail.LineFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Knows where containers' log files are and whether they can be read.
///
/// The path is that on the Engine's host. An agent in a container finds the file there when the
/// directory is mounted at the same place; as the container's id is in the path, what is found is
/// never another machine's.
final class LogFiles {
  private static final String JSON_FILE = "json-file";

  private volatile String rootDirectory = "";

  /// Sets where the Engine keeps its data, for containers whose path it does not tell yet.
  void rootDirectory(String directory) {
    rootDirectory = directory;
  }

  /// Where a container's log file is, if its driver writes one that is understood.
  Optional<Path> path(ContainerDetails container) {
    if (!container.logDriver().equals(JSON_FILE)) {
      return Optional.empty();
    }
    if (!container.logPath().isEmpty()) {
      return Optional.of(Path.of(container.logPath()));
    }
    if (rootDirectory.isEmpty()) {
      return Optional.empty();
    }
    String id = container.id();
    return Optional.of(Path.of(rootDirectory, "containers", id, id + "-json.log"));
  }

  /// The format of a container's file.
  static LineFormat format(Streams streams) {
    return new LineFormat.DockerJsonLines(streams.stdout(), streams.stderr());
  }

  /// Whether the file is there and may be read.
  static boolean isReadable(Path path) {
    return Files.isReadable(path) && Files.isRegularFile(path);
  }
}
