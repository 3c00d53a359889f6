package dev.weir.agent.loki.source.kubernetesfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.component.Health;
import dev.weir.agent.testkit.SeenEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LokiSourceKubernetesFilesTest {
  @TempDir Path directory;
  private PodLogs node;

  @BeforeEach
  void makeNode() throws IOException {
    node = new PodLogs(directory);
  }

  @AfterEach
  void closeNode() {
    node.close();
  }

  @Test
  void labelsLinesByTheirPodAndGivesStagesAllThatIsKnownOfIt() throws IOException {
    node.createPod("sales", "shop");
    node.append("sales", "shop", "web", "hello");
    node.start("start_at = \"beginning\"\nlabels = {cluster = \"c1\"}");
    node.awaitLines("hello");

    SeenEntry seen = node.receiver.entries().getFirst();
    assertThat(seen.labels())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "namespace", "sales",
                "pod", "shop",
                "container", "web",
                "stream", "stdout",
                "node", "n1",
                "job", "sales/web",
                "cluster", "c1"));
    assertThat(seen.origin())
        .containsEntry("__meta_kubernetes_pod_label_app", "shop")
        .containsEntry("__meta_kubernetes_pod_annotation_team", "a")
        .containsEntry("__meta_kubernetes_pod_container_image", "shop:1")
        .containsEntry("__meta_kubernetes_namespace", "sales");
    assertThat(node.scrape())
        .contains("loki_source_kubernetes_files_containers_active{component_id=")
        .contains("loki_source_kubernetes_files_read_lines_total{component_id=");
    node.awaitHealth(Health.State.HEALTHY, "reading 1 containers of 1 pods on node n1");
  }

  @Test
  void followsTheLinksOfADockerEngineAndNoOthers() throws IOException {
    node.createPod("sales", "shop");
    node.createPod("sales", "spy");
    node.start("");
    node.awaitHealth(Health.State.HEALTHY, "reading 0 containers");
    String id = "0123456789abcdef".repeat(4);
    Path engines = directory.resolve("docker/containers/" + id + "/" + id + "-json.log");
    PodLogs.append(engines, "stdout F of the engine");
    Path secret = PodLogs.append(directory.resolve("secret"), "stdout F hush");
    link(node.log("sales", "spy", "web", 0), secret);
    link(node.log("sales", "shop", "web", 0), engines);

    node.awaitLines("of the engine");
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(node.component().debugInfo().orElseThrow().toString())
                .contains("link leads out of " + node.logs));
    node.awaitLines("of the engine");
  }

  private static void link(Path link, Path file) throws IOException {
    Files.createDirectories(Objects.requireNonNull(link.getParent()));
    Files.createSymbolicLink(link, file);
  }

  @Test
  void namesTheContainerThatStandsStill() throws Exception {
    node.stallTimeout = Duration.ZERO;
    node.createPod("sales", "shop");
    node.receiver.holdDeliveries();
    Path log = node.append("sales", "shop", "web", "hello");
    node.start("start_at = \"beginning\"");

    node.awaitHealth(Health.State.UNHEALTHY, log + ": " + Files.size(log) + " bytes wait");
    assertThat(node.scrape())
        .contains("loki_source_kubernetes_files_target_lag_bytes{component_id=")
        .contains("namespace=\"sales\",pod=\"shop\",container=\"web\"");
    node.receiver.confirmAll();
    node.awaitHealth(Health.State.HEALTHY, "reading 1 containers");
  }

  @Test
  void readsPodsThatComeLaterFromTheirFirstLine() throws IOException {
    node.start("");
    node.awaitHealth(Health.State.HEALTHY, "reading 0 containers");
    node.append("sales", "late", "web", "one");
    node.createLatePod("sales", "late");
    node.awaitLines("one");
    node.append("sales", "late", "web", "two");

    node.awaitLines("one", "two");
  }

  @Test
  void leavesOutWhatWasWrittenBeforeItsFirstStartOnly() throws IOException {
    node.createPod("sales", "shop");
    node.append("sales", "shop", "web", "long ago");
    node.start("");
    node.awaitHealth(Health.State.HEALTHY, "reading 1 containers");
    node.append("sales", "shop", "web", "now");
    node.awaitLines("now");
    node.stop();
    node.append("sales", "shop", "web", "while it was stopped");
    PodLogs.append(node.log("sales", "shop", "web", 1), "stdout F by another run");
    node.start("");

    node.awaitLines("now", "while it was stopped", "by another run");
  }

  @Test
  void readsTheRestOfADeletedPod() throws IOException {
    node.createPod("sales", "shop");
    node.start("");
    node.awaitHealth(Health.State.HEALTHY, "reading 0 containers");
    node.receiver.holdDeliveries();
    Path log = node.append("sales", "shop", "web", "one");
    node.awaitLines("one");
    node.append("sales", "shop", "web", "two");
    Files.delete(log);
    node.api.client().pods().inNamespace("sales").withName("shop").delete();

    node.awaitLines("one", "two");
    node.receiver.confirmAll();
    await()
        .untilAsserted(() ->
            assertThat(node.component().debugInfo().orElseThrow())
                .isEqualTo(new DebugInfo("n1", true, List.of())));
  }

  @Test
  void goesOnWithAPodThatIsKnownNoMoreAsLongAsItsLogIsThere() throws IOException {
    node.createPod("sales", "shop");
    node.start("");
    node.awaitHealth(Health.State.HEALTHY, "reading 0 containers");
    node.append("sales", "shop", "web", "one");
    node.awaitLines("one");
    node.api.client().pods().inNamespace("sales").withName("shop").delete();
    node.append("sales", "shop", "web", "last words");

    node.awaitLines("one", "last words");
    assertThat(node.receiver.entries().getLast().labels()).containsEntry("namespace", "sales");
  }

  @Test
  void takesNewArgumentsInPlace() throws IOException {
    node.createPod("sales", "shop");
    node.createPod("stock", "depot");
    LokiSourceKubernetesFiles component = node.start("namespaces = [\"sales\"]");
    node.awaitHealth(Health.State.HEALTHY, "reading 0 containers");
    node.append("sales", "shop", "web", "one");
    node.append("stock", "depot", "web", "not wanted yet");
    node.awaitLines("one");

    component.update(
        node.arguments("namespaces = [\"stock\", \"sales\"]\nlabels = {v = \"2\"}", node.receiver));
    node.awaitLines("one", "not wanted yet");
    node.append("sales", "shop", "web", "two");
    node.awaitLines("one", "not wanted yet", "two");

    assertThat(node.receiver.entries().getLast().labels()).containsEntry("v", "2");
  }

  @Test
  void readsNothingAndSaysWhyWhenTheDirectoryCannotBeRead() throws IOException {
    Files.delete(node.logs);
    node.start("");
    node.awaitHealth(Health.State.UNHEALTHY, "directory of pod logs cannot be read");
    node.createPod("sales", "shop");
    node.append("sales", "shop", "web", "there it is");

    node.awaitLines("there it is");
  }

  @Test
  void sendsTheLastWordsOfARunThatHasEnded() throws IOException {
    node.createPod("sales", "shop");
    node.append("sales", "shop", "web", "one");
    PodLogs.append(node.log("sales", "shop", "web", 0), "stdout P without a line end");
    node.start("start_at = \"beginning\"");
    node.awaitLines("one");
    PodLogs.append(node.log("sales", "shop", "web", 1), "stdout F next run");
    node.awaitLines("one", "next run", "without a line end");
    await()
        .untilAsserted(
            () -> assertThat(node.scrape()).containsPattern("files_active\\{[^}]*} 1(\\.0)?\n"));

    PodLogs.append(node.log("sales", "shop", "web", 0), "stdout F after all");
    PodLogs.append(node.log("sales", "shop", "web", 2), "stdout F yet another run");
    node.awaitLines("one", "next run", "without a line end", "after all", "yet another run");
  }

  @Test
  void readsNoMoreOfContainersThatHaveTerminated() throws IOException {
    node.createPod(
        "sales",
        "job",
        pod ->
            pod.withNewStatus()
                .addNewContainerStatus()
                .withName("web")
                .withRestartCount(0)
                .withNewState()
                .withNewTerminated()
                .withExitCode(0)
                .endTerminated()
                .endState()
                .endContainerStatus()
                .endStatus());
    node.append("sales", "job", "web", "done");
    PodLogs.append(node.log("sales", "job", "web", 0), "stdout P bye");
    node.start("start_at = \"beginning\"");
    node.awaitLines("done", "bye");

    await()
        .untilAsserted(
            () -> assertThat(node.scrape()).containsPattern("files_active\\{[^}]*} 0(\\.0)?\n"));
  }
}
