package dev.weir.operator.reconcile;

import static org.awaitility.Awaitility.await;

import dev.weir.operator.api.ClusterLogPipeline;
import dev.weir.operator.api.ConditionType;
import dev.weir.operator.api.LogAgentClass;
import dev.weir.operator.api.LogPipeline;
import dev.weir.operator.api.PipelineStatus;
import dev.weir.operator.children.ClassFacts;
import dev.weir.operator.children.PipelineFile;
import dev.weir.operator.testkit.ApiServer;
import dev.weir.operator.testkit.Write;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// An API server, what a user puts there, and an operator that works on it.
final class TestCluster implements AutoCloseable {
  static final String AGENTS = "weir-agents";
  static final String OPEN_CLASS =
      """
      apiVersion: weir.dev/v1alpha1
      kind: LogAgentClass
      metadata: {name: default}
      spec:
        namespace: weir-agents
        tenants: {namespaceSelector: {}}
      """;

  private final ApiServer server = ApiServer.start();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private @Nullable KubernetesClient client;
  private @Nullable WeirOperator operator;

  TestCluster() {
    server.define("weir.dev", "v1alpha1", "LogPipeline", "logpipelines", true);
    server.define("weir.dev", "v1alpha1", "ClusterLogPipeline", "clusterlogpipelines", false);
    server.define("weir.dev", "v1alpha1", "LogAgentClass", "logagentclasses", false);
    namespace("team-a", Map.of());
  }

  static Settings.Times quick() {
    return new Settings.Times(
        Duration.ofMillis(20),
        Duration.ofMillis(200),
        Duration.ofMillis(20),
        Duration.ofMillis(200),
        Duration.ofMillis(100),
        Duration.ofMillis(300),
        Duration.ofMillis(100),
        Duration.ofSeconds(2));
  }

  TestCluster start() {
    return start("0.1.0");
  }

  TestCluster start(String version) {
    KubernetesClient own = server.newClient("weir-operator");
    client = own;
    var settings =
        new Settings(
            Set.of(),
            Set.of(AGENTS),
            "registry.example/weir:0.1.0",
            version,
            "weir-system",
            "weir-operator",
            "weir-pipeline-secrets",
            new ClassFacts.Roles("weir-agent", "weir-agent-events"),
            quick());
    var leadership =
        new Leadership(
            "weir-system",
            "weir-operator",
            null,
            Duration.ofSeconds(2),
            Duration.ofMillis(1500),
            Duration.ofMillis(100),
            false);
    var started = new WeirOperator(own, settings, leadership, InstantSource.system(), registry);
    operator = started;
    started.start();
    return this;
  }

  void stop() {
    if (operator != null) {
      operator.close();
      operator = null;
    }
    if (client != null) {
      client.close();
      client = null;
    }
  }

  ApiServer server() {
    return server;
  }

  WeirOperator operator() {
    return java.util.Objects.requireNonNull(operator);
  }

  void namespace(String name, Map<String, String> labels) {
    server
        .client()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .build())
        .create();
  }

  /// Applies YAML as `kubectl apply` does.
  void apply(String yaml) {
    server.client().resource(yaml).fieldManager("kubectl").forceConflicts().serverSideApply();
  }

  static String pipeline(String namespace, String name, String url) {
    return """
    apiVersion: weir.dev/v1alpha1
    kind: LogPipeline
    metadata: {name: %s, namespace: %s}
    spec:
      input: {pods: {}}
      outputs: [{name: main, loki: {url: "%s"}}]
    """
        .formatted(name, namespace, url);
  }

  static String withPassword(String name, String secret, String key) {
    return """
    apiVersion: weir.dev/v1alpha1
    kind: LogPipeline
    metadata: {name: %s, namespace: team-a}
    spec:
      input: {pods: {}}
      outputs:
      - name: main
        loki: {url: "https://loki.example.com/loki/api/v1/push"}
        auth: {basic: {username: {value: me}, password: {name: %s, key: %s}}}
    """
        .formatted(name, secret, key);
  }

  void secret(String name, Map<String, String> values) {
    var data = new TreeMap<String, String>();
    values.forEach((key, value) ->
        data.put(
            key,
            Base64.getEncoder()
                .encodeToString(value.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
    server
        .client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("team-a")
                .endMetadata()
                .withData(data)
                .build())
        .fieldManager("kubectl")
        .forceConflicts()
        .serverSideApply();
  }

  @Nullable PipelineStatus status(String namespace, String name) {
    LogPipeline found =
        server.client().resources(LogPipeline.class).inNamespace(namespace).withName(name).get();
    return found == null ? null : found.getStatus();
  }

  @Nullable PipelineStatus clusterStatus(String name) {
    return server.client().resources(ClusterLogPipeline.class).withName(name).get().getStatus();
  }

  @Nullable LogAgentClass agentClass(String name) {
    return server.client().resources(LogAgentClass.class).withName(name).get();
  }

  /// Waits until a condition of a pipeline of team-a has a reason.
  Condition awaitReason(String name, ConditionType type, String reason) {
    await().until(() -> reason.equals(reason(name, type)));
    return condition(status("team-a", name), type);
  }

  String reason(String name, ConditionType type) {
    PipelineStatus status = status("team-a", name);
    return status == null ? "" : condition(status, type).getReason();
  }

  static Condition condition(@Nullable PipelineStatus status, ConditionType type) {
    return status == null
        ? new Condition()
        : status.conditions().stream()
            .filter(one -> one.getType().equals(type.text()))
            .findFirst()
            .orElseGet(Condition::new);
  }

  /// The pipelines that agents get, River by file.
  Map<String, String> files() {
    var files = new TreeMap<String, String>();
    for (ConfigMap map : server.client().configMaps().inNamespace(AGENTS).list().getItems()) {
      if (map.getBinaryData() != null) {
        map.getBinaryData().forEach((name, base64) -> files.put(name, text(name, base64)));
      }
    }
    return files;
  }

  private static String text(String name, String base64) {
    try {
      return PipelineFile.read(name, Base64.getDecoder().decode(base64)).text();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Every value that agents get.
  List<String> secretValues() {
    return server.client().secrets().inNamespace(AGENTS).list().getItems().stream()
        .map(Secret::getData)
        .flatMap(data -> data.values().stream())
        .map(value ->
            new String(Base64.getDecoder().decode(value), java.nio.charset.StandardCharsets.UTF_8))
        .toList();
  }

  @Nullable DaemonSet daemonSet() {
    return server.client().apps().daemonSets().inNamespace(AGENTS).withName("default-agent").get();
  }

  /// Says of the DaemonSet what its controller would.
  void rollOut(int nodes) {
    server
        .client()
        .apps()
        .daemonSets()
        .inNamespace(AGENTS)
        .withName("default-agent")
        .editStatus(set ->
            new DaemonSetBuilder(set)
                .withNewStatus()
                .withDesiredNumberScheduled(nodes)
                .withNumberReady(nodes)
                .withUpdatedNumberScheduled(nodes)
                .endStatus()
                .build());
  }

  long effective(Predicate<Write> which) {
    return server.writes().stream().filter(Write::effective).filter(which).count();
  }

  List<Write> operatorWrites() {
    return server.writes().stream()
        .filter(write -> write.manager().equals("weir-operator"))
        .filter(write -> !write.plural().equals("leases"))
        .toList();
  }

  static String yaml(Object object) {
    return Serialization.asYaml(object);
  }

  @Override
  public void close() {
    stop();
    server.close();
  }
}
