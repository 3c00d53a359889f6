package dev.weir.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.Agent;
import dev.weir.agent.AgentOptions;
import dev.weir.agent.component.Stability;
import dev.weir.agent.logging.LogLevel;
import dev.weir.agent.pipelinedir.PipelineSettings;
import dev.weir.agent.sandbox.Sandbox;
import dev.weir.agent.sandbox.StoredEntry;
import dev.weir.operator.api.ConditionType;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From `kubectl apply` to lines in Loki and back to the status: the operator against the API
/// server double, a node of directories, and a real agent on it.
final class EndToEndTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String POD_UID = "11111111-2222-3333-4444-555555555555";

  @TempDir private Path node;

  private final TestCluster cluster = new TestCluster();
  private Sandbox sandbox;
  private Agent agent;
  private Kubelet kubelet;
  private FakeAgent pod;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.start();
    kubelet = new Kubelet(cluster, node);
    agent = new Agent(options());
    agent.start();
    cluster.start();
    cluster.apply(
        """
        apiVersion: weir.dev/v1alpha1
        kind: LogAgentClass
        metadata: {name: default}
        spec:
          namespace: weir-agents
          tenants:
            namespaceSelector: {}
            outputs: {deniedCIDRs: ["203.0.113.0/24"]}
            tenancy: {mode: Namespace}
        """);
    await().until(() -> cluster.daemonSet() != null);
    cluster.rollOut(1);
    pod = new FakeAgent(cluster, "agent-node-1", "default");
  }

  private AgentOptions options() {
    return new AgentOptions(
        null,
        new InetSocketAddress("127.0.0.1", 0),
        LogLevel.ERROR,
        node.resolve("data"),
        Stability.GENERALLY_AVAILABLE,
        "0.1.0",
        Duration.ofSeconds(2),
        null,
        PipelineSettings.of(kubelet.pipelines())
            .withSecrets(kubelet.secrets())
            .withPodLogs(kubelet.pods())
            .withPoll(Duration.ofMillis(200)));
  }

  @AfterEach
  void stop() throws Exception {
    agent.stop();
    pod.close();
    cluster.close();
    sandbox.close();
  }

  /// The agent's own answer becomes that of its pod.
  private String told() throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + agent.address().getPort() + "/api/v1/pipelines");
    try (HttpClient client = HttpClient.newHttpClient()) {
      String answer =
          client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
      pod.answers(kubelet.original(answer));
      return answer;
    }
  }

  /// Returns the uid of the new pod.
  private String pod(String namespace, String name) {
    return cluster
        .server()
        .client()
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .addToLabels("app", "shop")
                .endMetadata()
                .withNewSpec()
                .withNodeName("node-1")
                .addNewContainer()
                .withName("app")
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .endStatus()
                .build())
        .create()
        .getMetadata()
        .getUid();
  }

  private void log(String namespace, String podName, String uid, String... lines)
      throws IOException {
    Path directory =
        Files.createDirectories(
            kubelet.pods().resolve(namespace + "_" + podName + "_" + uid).resolve("app"));
    for (String line : lines) {
      Files.writeString(
          directory.resolve("0.log"),
          "2026-11-22T10:00:00.123456789Z stdout F " + line + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }

  private String tenantPipeline() {
    return """
    apiVersion: weir.dev/v1alpha1
    kind: LogPipeline
    metadata: {name: shop, namespace: team-a}
    spec:
      input: {pods: {}}
      outputs:
      - name: main
        loki: {url: "%s"}
        auth: {basic: {username: {value: me}, password: {name: loki, key: password}}}
    """
        .formatted(sandbox.pushUrl());
  }

  private String clusterPipeline() {
    return """
    apiVersion: weir.dev/v1alpha1
    kind: ClusterLogPipeline
    metadata: {name: everything}
    spec:
      input: {pods: {}}
      tenant: {mode: Static, value: ops}
      enrich: {podLabels: [app], as: Label}
      outputs: [{name: main, loki: {url: "%s"}}]
    """
        .formatted(sandbox.pushUrl());
  }

  private boolean runs(String name) throws Exception {
    kubelet.sync(Map.of());
    return told().contains("\"" + name + "\"");
  }

  @Test
  void linesArriveWithTheirLabelsAndTenantAndTheStatusTellsSo() throws Exception {
    cluster.secret("loki", Map.of("password", "hunter2"));
    cluster.apply(tenantPipeline());
    cluster.apply(clusterPipeline());
    await().atMost(LONG).until(() -> runs("shop") && runs("everything"));
    await().atMost(LONG).until(() -> told().contains("\"running\""));

    String uid = pod("team-a", "shop-1");
    log("team-a", "shop-1", uid, "GET /", "GET /cart");
    log("team-b", "other-1", "99999999-2222-3333-4444-555555555555", "not for team-a");

    await()
        .atMost(LONG)
        .until(() -> sandbox.entries("team-a", "{namespace=\"team-a\"}").size() == 2);
    List<StoredEntry> lines = sandbox.entries("team-a", "{namespace=\"team-a\"}");
    assertThat(lines).extracting(StoredEntry::line).containsExactly("GET /", "GET /cart");
    assertThat(lines.getFirst().labels().toString())
        .contains("shop-1")
        .contains("app")
        .contains("stdout")
        .contains("node-1");
    assertThat(sandbox.entries("team-a", "{namespace=\"team-b\"}")).isEmpty();
    await()
        .atMost(LONG)
        .until(() -> !sandbox.entries("ops", "{app=\"shop\",namespace=\"team-a\"}").isEmpty());
    await()
        .atMost(LONG)
        .until(() -> {
          told();
          return cluster.reason("shop", ConditionType.READY).equals("Ready");
        });
    await()
        .atMost(LONG)
        .until(() -> {
          log("team-a", "shop-1", uid, "again");
          told();
          return cluster.reason("shop", ConditionType.FLOW_HEALTHY).equals("Flowing");
        });
  }

  @Test
  void sendsToTheTenantThatTheNamespacesLabelNames() throws Exception {
    cluster.namespace("team-b", Map.of("cost-center", "cc7"));
    cluster.apply(
        """
        apiVersion: weir.dev/v1alpha1
        kind: ClusterLogPipeline
        metadata: {name: costs}
        spec:
          input: {pods: {}}
          tenant: {mode: NamespaceLabel, key: cost-center, default: shared}
          enrich: {podLabels: [app], as: Metadata}
          outputs: [{name: main, loki: {url: "%s"}}]
        """
            .formatted(sandbox.pushUrl()));
    await().atMost(LONG).until(() -> runs("costs") && told().contains("\"running\""));

    log("team-a", "shop-1", pod("team-a", "shop-1"), "of nobody");
    log("team-b", "shop-2", pod("team-b", "shop-2"), "of cc7");

    await()
        .atMost(LONG)
        .untilAsserted(() -> {
          kubelet.sync(Map.of());
          assertThat(sandbox.entries("cc7", "{}"))
              .extracting(StoredEntry::line, entry -> entry.metadata().toString())
              .containsExactly(tuple("of cc7", "[app, shop]"));
          assertThat(sandbox.entries("shared", "{}"))
              .extracting(StoredEntry::line)
              .containsExactly("of nobody");
        });
  }

  @Test
  void aBrokenSiblingChangesNothing() throws Exception {
    cluster.secret("loki", Map.of("password", "hunter2"));
    cluster.apply(tenantPipeline());
    await().atMost(LONG).until(() -> runs("shop"));

    cluster.apply(
        TestCluster.pipeline("team-a", "broken", "https://me:secret@loki.example.com/push"));
    kubelet.sync(Map.of("team-a.garbage.river", "loki.write \"x\" { endpoint {"));
    cluster.awaitReason("broken", ConditionType.READY, "InvalidSpec");
    log("team-a", "shop-1", POD_UID, "still here");

    await()
        .atMost(LONG)
        .until(() -> !sandbox.entries("team-a", "{namespace=\"team-a\"}").isEmpty());
    assertThat(cluster.reason("shop", ConditionType.ACCEPTED)).isEqualTo("Accepted");
    assertThat(told()).contains("garbage").contains("\"failed\"");
  }
}
