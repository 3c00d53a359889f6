package dev.weir.operator.cli;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/// An operator that works once against an API server in its own process, so that the JVM can record
/// which classes a start loads.
final class Training {
  private Training() {}

  static void run() throws IOException, InterruptedException {
    Path scratch = Files.createTempDirectory("weir-training");
    try {
      run(TrainingCertificate.in(scratch));
    } finally {
      delete(scratch);
    }
  }

  private static void run(TrainingCertificate certificate)
      throws IOException, InterruptedException {
    RunSettings run =
        GivenOptions.ofPlainLine(Map.of("POD_NAME", "training"), "run", "--lease-name=training")
            .map(RunSettings::of)
            .orElseThrow();
    try (var api = new TrainingApi(certificate.server());
        OperatorProcess operator =
            OperatorProcess.start(
                config(api.address(), certificate.file()),
                run.settings(),
                run.leadership(),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      api.awaitWork();
      scrape("http://127.0.0.1:" + operator.address().getPort());
    }
  }

  /// Like that of a service account.
  private static Config config(String address, Path ca) {
    return OperatorProcess.config()
        .withMasterUrl(address)
        .withCaCertFile(ca.toString())
        .withOauthToken("training")
        .withNamespace("default")
        .build();
  }

  private static void delete(Path scratch) throws IOException {
    try (Stream<Path> files = Files.list(scratch)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(scratch);
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
