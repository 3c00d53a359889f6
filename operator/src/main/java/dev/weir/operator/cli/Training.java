package dev.weir.operator.cli;

import dev.weir.operator.children.ClassFacts;
import dev.weir.operator.reconcile.Leadership;
import dev.weir.operator.reconcile.Settings;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;

/// An operator that works once against an API server in its own process, so that the JVM can record
/// which classes a start loads.
final class Training {
  private Training() {}

  static void run() throws IOException, InterruptedException {
    try (var api = new TrainingApi();
        OperatorProcess operator =
            OperatorProcess.start(
                config(api.address()),
                settings(),
                Leadership.usual("default", "weir-operator", "training"),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      api.awaitWork();
      scrape("http://127.0.0.1:" + operator.address().getPort());
    }
  }

  private static Config config(String address) {
    Config config = Config.empty();
    config.setMasterUrl(address);
    config.setHttp2Disable(true);
    config.setNamespace("default");
    return config;
  }

  private static Settings settings() {
    return new Settings(
        Set.of(),
        Set.of("weir-agents"),
        "weir:0.1.0",
        Main.RELEASE,
        "default",
        "weir-operator",
        "weir-pipeline-secrets",
        new ClassFacts.Roles("weir-agent", "weir-agent-events"),
        Settings.Times.USUAL);
  }

  private static void scrape(String address) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (String path : new String[] {"/healthz", "/readyz", "/metrics"}) {
        http.send(
            HttpRequest.newBuilder(URI.create(address + path)).build(), BodyHandlers.discarding());
      }
    }
  }
}
