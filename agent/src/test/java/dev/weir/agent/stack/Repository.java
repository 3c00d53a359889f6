package dev.weir.agent.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The files at the top of the repository.
final class Repository {
  /// The directory of the repository, wherever the tests are started from.
  static final Path TOP = top();

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private Repository() {}

  private static Path top() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("compose.yaml"))) {
      Path parent = directory.getParent();
      if (parent == null) {
        throw new IllegalStateException("no compose.yaml above the working directory");
      }
      directory = parent;
    }
    return directory;
  }

  static String text(String path) throws IOException {
    return Files.readString(TOP.resolve(path));
  }

  /// Writes a tree as YAML.
  static void write(Path file, JsonNode tree) throws IOException {
    YAML.writeValue(file.toFile(), tree);
  }

  /// A YAML or JSON file as a tree.
  static JsonNode tree(String path) throws IOException {
    return YAML.readTree(TOP.resolve(path).toFile());
  }
}
