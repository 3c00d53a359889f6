package dev.weir.agent.loki.source.docker;

import dev.weir.agent.loki.tail.LineFormat;
import java.nio.file.Path;

/// The log file of a container.
///
/// @param driver that writes it
record LogFile(Path path, Driver driver) {
  /// In the directory of a container, what the `local` driver writes.
  static final String LOCAL_DIRECTORY = "local-logs";

  /// A log driver whose files are understood.
  enum Driver {
    JSON_FILE("json-file"),
    LOCAL("local");

    private final String text;

    Driver(String text) {
      this.text = text;
    }

    /// Its name, as in a container's configuration.
    String text() {
      return text;
    }

    /// Where its file is in the directory of a container.
    Path in(Path directory, String id) {
      return switch (this) {
        case JSON_FILE -> directory.resolve(id + "-json.log");
        case LOCAL -> directory.resolve(LOCAL_DIRECTORY).resolve("container.log");
      };
    }
  }

  /// How its bytes become entries.
  LineFormat format(Streams streams) {
    return switch (driver) {
      case JSON_FILE -> new LineFormat.DockerJsonLines(streams.stdout(), streams.stderr());
      case LOCAL -> new LineFormat.DockerLocalRecords(streams.stdout(), streams.stderr());
    };
  }
}
