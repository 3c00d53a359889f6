package dev.weir.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.operator.children.ClassFacts;
import dev.weir.operator.reconcile.Leadership;
import dev.weir.operator.reconcile.Settings;
import dev.weir.operator.testkit.ApiServer;
import io.fabric8.kubernetes.client.Config;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class OperatorProcessTest {
  private final ApiServer server = ApiServer.start();

  @BeforeEach
  void define() {
    server.define("weir.dev", "v1alpha1", "LogPipeline", "logpipelines", true);
    server.define("weir.dev", "v1alpha1", "ClusterLogPipeline", "clusterlogpipelines", false);
    server.define("weir.dev", "v1alpha1", "LogAgentClass", "logagentclasses", false);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private OperatorProcess start(String identity) throws Exception {
    Config config = Config.empty();
    config.setMasterUrl(server.address());
    config.setHttp2Disable(true);
    var settings =
        new Settings(
            Set.of(),
            Set.of("weir-agents"),
            "weir:0.1.0",
            "0.1.0",
            "weir-system",
            "weir-operator",
            "weir-pipeline-secrets",
            new ClassFacts.Roles("weir-agent", "weir-agent-events"),
            Settings.Times.USUAL);
    var leadership =
        new Leadership(
            "weir-system",
            "weir-operator",
            identity,
            Duration.ofSeconds(2),
            Duration.ofMillis(1500),
            Duration.ofMillis(100),
            false);
    return OperatorProcess.start(
        config, settings, leadership, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private static HttpResponse<String> get(OperatorProcess process, String path) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + process.address().getPort() + path);
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
  }

  @Test
  void tellsThatItLivesIsReadyAndHowItsPipelinesDo() throws Exception {
    server
        .client()
        .resource(
            """
            apiVersion: weir.dev/v1alpha1
            kind: LogPipeline
            metadata: {name: shop, namespace: team-a}
            spec: {input: {pods: {}}, outputs: [{name: main, loki: {url: "https://loki.example.com"}}]}
            """)
        .create();
    try (OperatorProcess process = start("one")) {
      await().until(() -> get(process, "/readyz").statusCode() == 200);
      assertThat(get(process, "/healthz").statusCode()).isEqualTo(200);

      await().until(() -> get(process, "/metrics").body().contains("type=\"Accepted\""));

      assertThat(get(process, "/metrics").body())
          .contains(
              "weir_operator_pipeline_condition{class=\"default\",name=\"shop\",namespace=\"team-a\",status=\"False\",type=\"Accepted\"} 1")
          .contains("weir_operator_leader 1")
          .contains("weir_operator_api_writes_total{kind=\"LogPipelineStatus\"} 1");
    }
  }

  @Test
  void theSecondOfTwoOperatorsWaitsUntilTheFirstIsGone() throws Exception {
    OperatorProcess first = start("first");
    await().until(() -> first.operator().leading());
    try (OperatorProcess second = start("second")) {
      await().until(() -> get(second, "/readyz").statusCode() == 200);
      assertThat(second.operator().leading()).isFalse();

      first.close();

      await().until(() -> second.operator().leading());
    }
  }
}
