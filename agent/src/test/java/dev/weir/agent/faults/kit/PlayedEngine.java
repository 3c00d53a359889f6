package dev.weir.agent.faults.kit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Answers an agent as a Docker Engine with running containers does whose logs a test writes
/// itself. Nothing ever happens to them: events never come. Thread-safe.
public final class PlayedEngine implements AutoCloseable {
  private static final int ID_LENGTH = 64;

  private final Path root;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Map<String, String> names = new ConcurrentSkipListMap<>();

  private PlayedEngine(Path root) throws IOException {
    this.root = root;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
  }

  /// Starts one.
  ///
  /// @param root of its data
  public static PlayedEngine start(Path root) {
    try {
      var engine = new PlayedEngine(root);
      engine.server.start();
      return engine;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The address as a `host` argument takes it.
  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// Adds a running container.
  ///
  /// @param name of hexadecimal digits and no others, which its id is made of
  /// @return where its log is to be written
  public Path add(String name) {
    String id = name + "f" + "0".repeat(ID_LENGTH - 1 - name.length());
    if (names.put(id, name) != null) {
      throw new IllegalArgumentException("there is a container like " + name);
    }
    return log(id);
  }

  private Path log(String id) {
    return root.resolve("containers").resolve(id).resolve(id + "-json.log");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath().replaceFirst("^/v[0-9.]+/", "/");
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      if (path.equals("/events")) {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().flush();
        closing.await();
        return;
      }
      String body = body(path);
      byte[] bytes = (body == null ? "{}" : body).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(body == null ? 404 : 200, bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable String body(String path) {
    return switch (path) {
      case "/version" -> "{\"Version\":\"28.0.0\",\"ApiVersion\":\"1.48\",\"Os\":\"linux\"}";
      case "/info" ->
          "{\"ID\":\"played\",\"DockerRootDir\":\"%s\",\"LoggingDriver\":\"json-file\"}"
              .formatted(root);
      case "/networks" -> "[]";
      case "/containers/json" ->
          names.entrySet().stream()
              .map(each -> listed(each.getKey(), each.getValue()))
              .collect(Collectors.joining(",", "[", "]"));
      default -> {
        String[] parts = path.split("/", -1);
        String name = parts.length == 4 ? names.get(parts[2]) : null;
        yield name == null ? null : details(parts[2], name);
      }
    };
  }

  private static String listed(String id, String name) {
    return """
    {"Id":"%s","Names":["/%s"],"Image":"played:1","State":"running","Labels":{},"Ports":[],
      "HostConfig":{"NetworkMode":"none"},"NetworkSettings":{"Networks":{}}}
    """
        .formatted(id, name);
  }

  private String details(String id, String name) {
    return """
    {"Id":"%s","Name":"/%s","LogPath":"%s","Created":"2026-01-01T00:00:00Z",
      "State":{"Status":"running","Running":true,"StartedAt":"2026-01-01T00:00:00Z",
        "FinishedAt":"0001-01-01T00:00:00Z"},
      "Config":{"Image":"played:1","Tty":false,"Labels":{}},
      "HostConfig":{"NetworkMode":"none","LogConfig":{"Type":"json-file","Config":{}}},
      "NetworkSettings":{"Networks":{}}}
    """
        .formatted(id, name, log(id));
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.close();
  }
}
