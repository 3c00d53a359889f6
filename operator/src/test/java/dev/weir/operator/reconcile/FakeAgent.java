package dev.weir.operator.reconcile;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// An agent's pod, as far as the operator sees it: it answers what the test tells it to.
final class FakeAgent implements AutoCloseable {
  private final HttpServer http;
  private final AtomicReference<String> answer = new AtomicReference<>("{}");
  private final AtomicInteger asked = new AtomicInteger();

  FakeAgent(TestCluster cluster, String name, String className) {
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.createContext(
        "/api/v1/pipelines",
        exchange -> {
          try (exchange) {
            asked.incrementAndGet();
            byte[] body = answer.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    http.start();
    cluster
        .server()
        .client()
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(TestCluster.AGENTS)
                .addToLabels("app.kubernetes.io/managed-by", "weir-operator")
                .addToLabels("app.kubernetes.io/instance", className)
                .addToLabels("app.kubernetes.io/component", "agent")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("agent")
                .addNewPort()
                .withName("http")
                .withContainerPort(http.getAddress().getPort())
                .endPort()
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPodIP("127.0.0.1")
                .endStatus()
                .build())
        .create();
  }

  /// One pipeline that runs.
  FakeAgent says(String uid, String hash, String output) {
    return says(uid, hash, "running", "null", output);
  }

  FakeAgent says(String uid, String hash, String state, String error, String output) {
    answer.set(
        """
        {"instanceId": "i", "version": "0.1.0", "node": "node-1", "pipelines": [
          {"uid": "%s", "hash": "%s", "wantedHash": "%s", "state": "%s", "error": %s,
           "targets": {"pods": 2, "containers": 3}, "outputs": [%s]}]}
        """
            .formatted(uid, hash, hash, state, error, output));
    return this;
  }

  /// Answers with a whole text.
  void answers(String text) {
    answer.set(text);
  }

  static String output(long sent, long dropped, long lost, String lastError) {
    return """
    {"name": "main", "sent": {"total": %d, "perSecond1m": 0, "perSecond5m": 0},
     "dropped": {"rejected": %d}, "lostBytes": %d, "lagBytes": 12345,
     "lastSuccess": "2026-11-22T10:00:00Z", "lastError": %s}
    """
        .formatted(sent, dropped, lost, lastError);
  }

  int asked() {
    return asked.get();
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
