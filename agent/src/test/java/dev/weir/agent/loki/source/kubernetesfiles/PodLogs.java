package dev.weir.agent.loki.source.kubernetesfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.component.AgentSettings;
import dev.weir.agent.component.Buffers;
import dev.weir.agent.component.Health;
import dev.weir.agent.component.Policy;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.source.kubernetesfiles.LokiSourceKubernetesFiles.Arguments;
import dev.weir.agent.relabel.Rules;
import dev.weir.agent.testkit.ApiServer;
import dev.weir.agent.testkit.CollectingReceiver;
import dev.weir.agent.testkit.RiverArguments;
import dev.weir.agent.testkit.RunningComponent;
import dev.weir.agent.testkit.TestContext;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A node as the component sees it: a directory of pod logs, shaped as the kubelet's, and an API
/// server that is fabric8's mock in the test's own process. The component can be stopped and
/// started again.
final class PodLogs implements AutoCloseable {
  private static final String HASH = "kubernetes.io/config.hash";

  /// Of pods that the API server does not know yet.
  static final String UID = "0f5a-uid";

  final Path directory;
  final Path logs;
  final ApiServer api = ApiServer.withObjects();
  final CollectingReceiver receiver = new CollectingReceiver();
  Policy policy = Policy.OPEN;
  Duration stallTimeout = AgentSettings.STALL_TIMEOUT;
  private final Map<String, String> uids = new HashMap<>();
  private @Nullable RunningComponent running;
  private @Nullable LokiSourceKubernetesFiles component;
  private @Nullable TestContext context;

  /// @param directory of the test
  PodLogs(Path directory) throws IOException {
    this.directory = directory;
    this.logs = Files.createDirectories(directory.resolve("pods"));
  }

  Arguments arguments(String body, Receiver to) {
    return arguments(body, to, Rules.NONE);
  }

  Arguments arguments(String body, Receiver to, Rules rules) {
    String common = "forward_to = [receiver]\npath = \"%s\"\nnode_name = \"n1\"\n".formatted(logs);
    String client = body.contains("client") ? "" : "\nclient {\n" + api.river() + "\n}";
    return RiverArguments.decode(common + body + client, Arguments.class, to, rules);
  }

  /// Starts with the inside of a block.
  LokiSourceKubernetesFiles start(String body) {
    return start(arguments(body, receiver));
  }

  LokiSourceKubernetesFiles start(Arguments arguments) {
    var made =
        new TestContext(
            "loki.source.kubernetes_files.x",
            directory.resolve("state"),
            policy,
            Buffers.UNLIMITED);
    made.stallTimeout(stallTimeout);
    context = made;
    var created = new LokiSourceKubernetesFiles(arguments, made);
    component = created;
    running = new RunningComponent(created);
    return created;
  }

  void stop() {
    RunningComponent ending = running;
    running = null;
    if (ending != null) {
      ending.close();
    }
  }

  /// Makes a pod of this node with a container `web`, and another that initialises it, `prepare`.
  Pod createPod(String namespace, String name) {
    return createPod(namespace, name, pod -> pod);
  }

  Pod createPod(String namespace, String name, UnaryOperator<PodBuilder> change) {
    var pod =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName(name)
            .addToLabels("app", name)
            .addToAnnotations("team", "a")
            .endMetadata()
            .withNewSpec()
            .withNodeName("n1")
            .addNewInitContainer()
            .withName("prepare")
            .endInitContainer()
            .addNewContainer()
            .withName("web")
            .withImage("shop:1")
            .endContainer()
            .endSpec();
    Pod made =
        api.client().pods().inNamespace(namespace).resource(change.apply(pod).build()).create();
    Map<String, String> annotations = made.getMetadata().getAnnotations();
    String uid = annotations.getOrDefault(HASH, made.getMetadata().getUid());
    uids.put(namespace + "/" + name, uid);
    return made;
  }

  /// Makes a pod whose log was there before. The mock gives uids of its own choice, so it is one
  /// that the kubelet has from a file, which has another uid there.
  Pod createLatePod(String namespace, String name) {
    return createPod(
        namespace, name, pod -> pod.editMetadata().addToAnnotations(HASH, UID).endMetadata());
  }

  Path log(String namespace, String pod, String container, int restarts) {
    String uid = uids.getOrDefault(namespace + "/" + pod, UID);
    return logs.resolve(namespace + "_" + pod + "_" + uid)
        .resolve(container)
        .resolve(restarts + ".log");
  }

  /// Adds a line of standard output to the log of a container's first run.
  Path append(String namespace, String pod, String container, String line) throws IOException {
    return append(log(namespace, pod, container, 0), "stdout F " + line);
  }

  static Path append(Path file, String rest) throws IOException {
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    return Files.writeString(
        file,
        "2026-11-22T13:00:01.000000001Z " + rest + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  void awaitLines(String... lines) {
    await().untilAsserted(() -> assertThat(receiver.lines()).containsExactlyInAnyOrder(lines));
  }

  void awaitHealth(Health.State state, String message) {
    await()
        .untilAsserted(() -> {
          Health health = component().health().orElseThrow();
          assertThat(health.message()).contains(message);
          assertThat(health.state()).isEqualTo(state);
        });
  }

  LokiSourceKubernetesFiles component() {
    LokiSourceKubernetesFiles started = component;
    if (started == null) {
      throw new IllegalStateException("not started");
    }
    return started;
  }

  String scrape() {
    TestContext made = context;
    return made == null ? "" : made.scrape();
  }

  @Override
  public void close() {
    stop();
    api.close();
  }
}
