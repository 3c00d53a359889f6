package dev.weir.operator.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLContext;

/// As much of an API server as one operator needs to do its work once: one class, one pipeline, and
/// a taker for everything that is applied. For training only.
final class TrainingApi implements AutoCloseable {
  private static final String CLASS =
      """
      {"apiVersion":"weir.dev/v1alpha1","kind":"LogAgentClass","metadata":{"name":"default",\
      "uid":"c","generation":1,"resourceVersion":"1","creationTimestamp":"2026-01-01T00:00:00Z"},\
      "spec":{"namespace":"weir-agents","tenants":{"namespaceSelector":{}}}}\
      """;
  private static final String PIPELINE =
      """
      {"apiVersion":"weir.dev/v1alpha1","kind":"LogPipeline","metadata":{"name":"shop",\
      "namespace":"default","uid":"p","generation":1,"resourceVersion":"1",\
      "creationTimestamp":"2026-01-01T00:00:00Z"},"spec":{"input":{"pods":{}},\
      "parse":{"format":"JSON"},"outputs":[{"name":"main","loki":\
      {"url":"https://loki.example.com/loki/api/v1/push"}}]}}\
      """;

  private final HttpsServer http;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, String> leases = new ConcurrentHashMap<>();
  private final Semaphore daemonSets = new Semaphore(0);
  private final Semaphore statuses = new Semaphore(0);

  TrainingApi(SSLContext tls) throws IOException {
    http = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    http.setHttpsConfigurator(new HttpsConfigurator(tls));
    http.setExecutor(executor);
    http.createContext("/", this::handle);
    http.start();
  }

  String address() {
    return "https://127.0.0.1:" + http.getAddress().getPort();
  }

  /// Waits until the class and the pipeline were worked on.
  void awaitWork() throws InterruptedException {
    daemonSets.acquire();
    statuses.acquire();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String query = String.valueOf(exchange.getRequestURI().getQuery());
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      if ("websocket".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Upgrade"))) {
        exchange.sendResponseHeaders(200, -1);
      } else if (query.contains("watch=true")) {
        silence(exchange);
      } else if (exchange.getRequestMethod().equals("GET")) {
        get(exchange, path);
      } else {
        write(exchange, path, body);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// A watch that tells nothing until the end.
  private static void silence(HttpExchange exchange) throws IOException, InterruptedException {
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().flush();
    new Semaphore(0).acquire();
  }

  private void get(HttpExchange exchange, String path) throws IOException {
    if (path.contains("/leases/")) {
      String lease = leases.get(path);
      send(exchange, lease == null ? 404 : 200, lease == null ? "{\"kind\":\"Status\"}" : lease);
    } else if (path.startsWith("/apis/monitoring") || path.startsWith("/apis/security")) {
      send(exchange, 404, "{\"kind\":\"Status\",\"code\":404}");
    } else {
      String items =
          path.endsWith("/logagentclasses")
              ? CLASS
              : path.endsWith("/logpipelines") ? PIPELINE : "";
      send(
          exchange,
          200,
          "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"1\"},\"items\":["
              + items
              + "]}");
    }
  }

  private void write(HttpExchange exchange, String path, String body) throws IOException {
    if (path.endsWith("selfsubjectrulesreviews")) {
      send(
          exchange,
          201,
          "{\"status\":{\"incomplete\":false,\"nonResourceRules\":[],\"resourceRules\":[{\"apiGroups\":[\"*\"],\"resources\":[\"*\"],\"verbs\":[\"*\"]}]}}");
      return;
    }
    if (path.contains("/leases")) {
      leases.put(path.endsWith("/leases") ? path + "/training" : path, body);
    }
    // Like a server's answer, which has a version that a cache can compare.
    send(
        exchange,
        200,
        body.replaceFirst(
            "\"metadata\":\\{", "\"metadata\":{\"resourceVersion\":\"2\",\"uid\":\"u\","));
    if (path.contains("/daemonsets/")) {
      daemonSets.release();
    } else if (path.endsWith("/logpipelines/shop/status")) {
      statuses.release();
    }
  }

  private static void send(HttpExchange exchange, int code, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    http.stop(0);
    executor.shutdownNow();
    executor.close();
  }
}
