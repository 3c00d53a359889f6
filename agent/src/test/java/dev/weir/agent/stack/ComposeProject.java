package dev.weir.agent.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// A directory with compose.yaml and what it mounts, as a user has it, on the tests' Engine.
///
/// Changed in it is only what the Engine of the tests cannot have: names and ports that may be
/// taken, where the Engine keeps its socket and its data, and the images of Loki (the sandbox
/// stands for it), Grafana and Prometheus (an idle shell stands for them).
final class ComposeProject {
  static final String PREFIX = "weir-image-test-";

  private final Path directory;
  private final String socket;
  private final String dataRoot;

  /// @param directory an empty one
  /// @param socket of the Engine, a path
  /// @param dataRoot where the Engine keeps its data
  ComposeProject(Path directory, String socket, String dataRoot) {
    this.directory = directory;
    this.socket = socket;
    this.dataRoot = dataRoot;
  }

  void write(String idleImage) throws IOException {
    copy("config");
    Files.createDirectories(directory.resolve("data/alloy"));
    JsonNode compose = Repository.tree("compose.yaml");
    for (var service : compose.required("services").properties()) {
      change(service.getKey(), (ObjectNode) service.getValue());
    }
    String agent = compose.at("/services/alloy/image").textValue();
    stand(compose, "loki", agent, List.of("sandbox", "--listen-addr=0.0.0.0:3100"));
    stand(compose, "grafana", idleImage, List.of("/bin/sh", "-c", "sleep 3600"));
    stand(compose, "prometheus", idleImage, List.of("/bin/sh", "-c", "sleep 3600"));
    Repository.write(directory.resolve("compose.yaml"), compose);
  }

  private void copy(String name) throws IOException {
    Path from = Repository.TOP.resolve(name);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, directory.resolve(name).resolve(from.relativize(file).toString()));
      }
    }
  }

  private void change(String name, ObjectNode service) {
    service.put("container_name", PREFIX + name);
    if (service.get("build") instanceof ObjectNode build) {
      build.put("context", Repository.TOP.toString());
    }
    if (service.get("healthcheck") instanceof ObjectNode health) {
      health.put("interval", "1s");
    }
    replaceAll(service, "ports", port -> port.replaceFirst(":\\d+:", "::"));
    replaceAll(service, "volumes", this::mount);
  }

  private String mount(String mount) {
    return switch (mount) {
      case "/var/run/docker.sock:/var/run/docker.sock:ro" -> socket + ":/var/run/docker.sock:ro";
      // The Engine names log files by where it keeps them.
      case "/var/lib/docker/containers:/var/lib/docker/containers:ro" ->
          dataRoot + "/containers:" + dataRoot + "/containers:ro";
      default -> mount;
    };
  }

  private static void replaceAll(ObjectNode service, String field, UnaryOperator<String> change) {
    if (service.get(field) instanceof ArrayNode texts) {
      for (int i = 0; i < texts.size(); i++) {
        texts.set(i, change.apply(texts.get(i).textValue()));
      }
    }
  }

  private static void stand(JsonNode compose, String name, String image, List<String> command) {
    var service = (ObjectNode) compose.at("/services/" + name);
    service.put("image", image);
    ArrayNode words = service.putArray("command");
    command.forEach(words::add);
    service.remove(List.of("volumes", "healthcheck"));
  }
}
