package dev.weir.agent.go;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Answers of the real Go, recorded in files.
final class Golden {
  private Golden() {}

  static Stream<JsonNode> cases(String file) {
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + file)) {
      JsonNode all = new ObjectMapper().readTree(Objects.requireNonNull(in, file));
      return StreamSupport.stream(all.spliterator(), false);
    } catch (IOException e) {
      throw new AssertionError(file, e);
    }
  }
}
