package dev.weir.agent.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.agent.component.Shared;
import dev.weir.agent.testkit.RiverArguments;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The API server is a few lines of HTTP that this test scripts: lists of pods, and watches that
/// tell what they are told to and end.
class NodePodsTest {
  private static final String END = "";
  private static final String GONE =
      """
      {"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","status":"Failure",\
      "reason":"Expired","code":410,"message":"too old resource version"}}\
      """;

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> pods = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private int version = 10;
  private volatile int answer = 200;
  private HttpServer server;
  private Shared.@Nullable Lease<NodePods> lease;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    Shared.Lease<NodePods> held = lease;
    if (held != null) {
      held.close();
    }
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    if ("websocket".equals(exchange.getRequestHeaders().getFirst("Upgrade"))) {
      // No WebSockets: watches fall back to a plain answer that goes on and on.
      exchange.sendResponseHeaders(503, -1);
      return;
    }
    requests.add(query);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    try (OutputStream out = body(exchange)) {
      if (answer == 200 && query.contains("watch=true")) {
        out.flush();
        String event = events.take();
        while (!event.equals(END)) {
          write(out, event + "\n");
          event = events.take();
        }
      } else if (answer == 200) {
        write(
            out,
            "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"7\"},"
                + "\"items\":["
                + String.join(",", pods)
                + "]}");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private OutputStream body(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(answer, 0);
    return exchange.getResponseBody();
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private String pod(String name, String more) {
    version++;
    return """
    {"kind":"Pod","apiVersion":"v1","metadata":{"namespace":"sales","name":"%s","uid":"u",\
    "resourceVersion":"%d"%s},"spec":{"nodeName":"n1","containers":[{"name":"web"}]}}\
    """
        .formatted(name, version, more);
  }

  private NodePods watch() throws Exception {
    String address = "http://127.0.0.1:" + server.getAddress().getPort();
    var client = RiverArguments.decode(ClientArguments.class, "api_server = \"" + address + "\"");
    lease = NodePods.of(new NodePods.Place(client, "n1", "Weir/test"));
    return lease.get();
  }

  private static void awaitPod(NodePods pods, String name) {
    await().untilAsserted(() -> assertThat(pods.find("sales", name, "u")).isNotNull());
  }

  @Test
  void asksForThePodsOfItsOwnNodeOnly() throws Exception {
    pods.add(pod("first", ""));
    NodePods watched = watch();
    awaitPod(watched, "first");
    events.add("{\"type\":\"ADDED\",\"object\":" + pod("second", "") + "}");
    awaitPod(watched, "second");
    events.add(END);

    assertThat(requests).allMatch(query -> query.contains("fieldSelector=spec.nodeName=n1"));
    assertThat(watched.hasSynced()).isTrue();
  }

  @Test
  void watchesOnAfterTheConnectionBroke() throws Exception {
    NodePods watched = watch();
    events.add("{\"type\":\"ADDED\",\"object\":" + pod("first", "") + "}");
    awaitPod(watched, "first");
    events.add(END);
    events.add("{\"type\":\"ADDED\",\"object\":" + pod("second", "") + "}");
    awaitPod(watched, "second");
    events.add(END);
  }

  @Test
  void listsAnewWhenTheServerHasForgottenThePlace() throws Exception {
    NodePods watched = watch();
    events.add("{\"type\":\"ADDED\",\"object\":" + pod("first", "") + "}");
    awaitPod(watched, "first");
    pods.add(pod("missed", ""));
    events.add(GONE);
    events.add(END);
    awaitPod(watched, "missed");
    events.add(END);

    // Its log may still be there.
    assertThat(watched.find("sales", "first", "u")).isNotNull();
  }

  @Test
  void saysWhatTheServerAnsweredAndGoesOnOnceItIsAllowedTo() throws Exception {
    answer = 403;
    NodePods watched = watch();
    await().untilAsserted(() -> assertThat(watched.problem()).contains("API server answered 403"));
    pods.add(pod("first", ""));
    answer = 200;
    awaitPod(watched, "first");
    await().untilAsserted(() -> assertThat(watched.problem()).isNull());
    events.add(END);
  }

  @Test
  void tellsNobodyOfChangesThatCannotBeSeen() throws Exception {
    pods.add(pod("first", ""));
    NodePods watched = watch();
    awaitPod(watched, "first");
    await().until(() -> watched.problem() == null);
    await().until(watched::hasSynced);
    List<String> told = new CopyOnWriteArrayList<>();
    watched.addListener(namespace -> told.add(String.valueOf(namespace)));
    for (int i = 2; i < 9; i++) {
      String same = pod("first", ",\"generation\":" + i);
      events.add("{\"type\":\"MODIFIED\",\"object\":" + same + "}");
    }
    events.add(
        "{\"type\":\"MODIFIED\",\"object\":" + pod("first", ",\"labels\":{\"a\":\"b\"}") + "}");
    await()
        .untilAsserted(() ->
            assertThat(watched.find("sales", "first", "u"))
                .extracting(pod -> pod == null ? Map.of() : pod.labels())
                .isEqualTo(Map.of("a", "b")));
    events.add(END);

    // That of the list may come late.
    assertThat(told).containsOnlyOnce("sales").hasSizeBetween(1, 2);
  }
}
