package dev.weir.agent.demo;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Answers an agent as a Docker Engine with one running container does, so that a training needs no
/// Engine. Events never come.
final class TrainingEngine implements AutoCloseable {
  private static final String ID = "5f".repeat(32);
  private static final Pattern VERSION = Pattern.compile("^/v[0-9.]+/");
  private static final int LONGEST_REQUEST = 8192;

  private final Path directory;
  private final ServerSocketChannel server;
  private final Thread thread;
  private final List<SocketChannel> listeners = new ArrayList<>();

  private TrainingEngine(Path directory) throws IOException {
    this.directory = directory;
    Files.createDirectories(log().getParent());
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket()));
    thread = Thread.ofPlatform().name("training-engine").unstarted(this::serve);
  }

  /// Starts one whose root directory is `directory`.
  static TrainingEngine start(Path directory) throws IOException {
    var engine = new TrainingEngine(directory);
    engine.thread.start();
    return engine;
  }

  /// Where it listens.
  Path socket() {
    return directory.resolve("engine.sock");
  }

  /// The log file of its container.
  Path log() {
    return directory.resolve("containers").resolve(ID).resolve(ID + "-json.log");
  }

  private void serve() {
    try {
      while (true) {
        answer(server.accept());
      }
    } catch (IOException closed) {
      // The training has ended.
    }
  }

  private void answer(SocketChannel connection) throws IOException {
    String path = request(connection);
    if (path.startsWith("/events")) {
      listeners.add(connection);
      write(connection, head("Transfer-Encoding: chunked"));
      return;
    }
    try (connection) {
      String body = body(path);
      if (body == null) {
        write(connection, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
      } else {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        write(connection, head("Content-Length: " + length) + body);
      }
    }
  }

  private static String head(String framing) {
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n%s\r\n\r\n".formatted(framing);
  }

  private static void write(SocketChannel connection, String text) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    while (bytes.hasRemaining()) {
      connection.write(bytes);
    }
  }

  /// The path of a request, without the version of the API.
  private static String request(SocketChannel connection) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(LONGEST_REQUEST);
    String text;
    do {
      if (connection.read(bytes) < 0) {
        return "";
      }
      text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    } while (!text.endsWith("\r\n\r\n") && bytes.hasRemaining());
    String[] line = text.split(" ", 3);
    return line.length < 2 ? "" : VERSION.matcher(line[1]).replaceFirst("/");
  }

  private @Nullable String body(String path) {
    String resource = path.contains("?") ? path.substring(0, path.indexOf('?')) : path;
    return switch (resource) {
      case "/version" -> "{\"Version\":\"28.0.0\",\"ApiVersion\":\"1.48\",\"Os\":\"linux\"}";
      case "/info" ->
          "{\"ID\":\"training\",\"DockerRootDir\":\"%s\",\"LoggingDriver\":\"json-file\"}"
              .formatted(directory);
      case "/networks" -> "[{\"Id\":\"n1\",\"Name\":\"bridge\",\"Scope\":\"local\",\"Labels\":{}}]";
      case "/containers/json" -> list();
      default -> resource.equals("/containers/" + ID + "/json") ? details() : null;
    };
  }

  private static String list() {
    return """
    [{"Id":"%s","Names":["/training"],"Image":"training:1","State":"running",
      "Labels":{"com.docker.compose.service":"training"},
      "Ports":[{"IP":"0.0.0.0","PrivatePort":80,"PublicPort":8080,"Type":"tcp"}],
      "HostConfig":{"NetworkMode":"bridge"},
      "NetworkSettings":{"Networks":{"bridge":{"NetworkID":"n1","IPAddress":"172.17.0.2"}}}}]
    """
        .formatted(ID);
  }

  private String details() {
    return """
    {"Id":"%s","Name":"/training","LogPath":"%s","Created":"2026-01-01T00:00:00Z",
      "State":{"Status":"running","Running":true,"StartedAt":"2026-01-01T00:00:00Z",
        "FinishedAt":"0001-01-01T00:00:00Z"},
      "Config":{"Image":"training:1","Tty":false,
        "Labels":{"com.docker.compose.service":"training"}},
      "HostConfig":{"NetworkMode":"bridge",
        "LogConfig":{"Type":"json-file","Config":{"max-size":"10m"}}},
      "NetworkSettings":{"Networks":{"bridge":{"NetworkID":"n1","IPAddress":"172.17.0.2"}}}}
    """
        .formatted(ID, log());
  }

  @Override
  public void close() throws IOException {
    server.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (SocketChannel listener : listeners) {
      listener.close();
    }
  }
}
