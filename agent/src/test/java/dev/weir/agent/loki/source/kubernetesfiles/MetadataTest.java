package dev.weir.agent.loki.source.kubernetesfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.component.Health;
import dev.weir.agent.testkit.CollectingReceiver;
import dev.weir.agent.testkit.RunningComponent;
import dev.weir.agent.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What comes of files while it is not known what pods they are of. The API server is fabric8's
/// mock in the test's own process.
class MetadataTest {
  private static final String NOBODY = "client {\napi_server = \"http://127.0.0.1:1\"\n}";

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

  private void awaitWaiting(int files) {
    await()
        .untilAsserted(() ->
            assertThat(node.scrape())
                .containsPattern("files_waiting\\{[^}]*} " + files + "(\\.0)?\n"));
  }

  @Test
  void holdsAFileThatIsDeletedBeforeItsPodIsKnown() throws IOException {
    node.start("");
    node.awaitHealth(Health.State.HEALTHY, "reading 0 containers");
    Path log = node.append("sales", "short", "web", "only line");
    awaitWaiting(1);
    Files.delete(log);
    node.createLatePod("sales", "short");

    node.awaitLines("only line");
    assertThat(node.receiver.entries().getFirst().origin())
        .containsEntry("__meta_kubernetes_pod_label_app", "short");
    awaitWaiting(0);
  }

  @Test
  void readsWithWhatThePathTellsWhenNothingIsKnownForTooLong() throws IOException {
    node.append("sales", "shop", "web", "hello");
    node.start("metadata_timeout = \"0s\"\nstart_at = \"beginning\"\n" + NOBODY);
    node.awaitLines("hello");

    assertThat(node.receiver.entries().getFirst().labels())
        .containsEntry("namespace", "sales")
        .containsEntry("pod", "shop")
        .containsEntry("container", "web")
        .containsEntry("node", "n1");
    node.awaitHealth(Health.State.UNHEALTHY, "Channel");
  }

  @Test
  void neverGuessesWhatASelectorWouldSay() throws IOException {
    node.append("sales", "shop", "web", "hello");
    node.start(
        "metadata_timeout = \"0s\"\nstart_at = \"beginning\"\nlabel_selector = \"app=shop\"");
    node.awaitHealth(Health.State.HEALTHY, "reading 0 containers");
    assertThat(node.receiver.lines()).isEmpty();
    node.createLatePod("sales", "shop");

    node.awaitLines("hello");
  }

  @Test
  void knowsAPodOfTheNodeItselfByTheHashOfItsFile() throws IOException {
    node.createLatePod("kube-system", "etcd-n1");
    node.append("kube-system", "etcd-n1", "web", "leader");
    node.start("start_at = \"beginning\"");

    node.awaitLines("leader");
  }

  @Test
  void sharesOneWatchOfThePodsAndOneOfTheirLogs() throws Exception {
    node.createPod("sales", "shop");
    node.append("sales", "shop", "web", "hello");
    var other = new CollectingReceiver();
    var context = new TestContext("loki.source.kubernetes_files.y", directory.resolve("other"));
    var second =
        new LokiSourceKubernetesFiles(node.arguments("start_at = \"beginning\"", other), context);
    node.start("start_at = \"beginning\"");
    node.awaitLines("hello");
    int requests = node.api.server().getRequestCount();
    try (var _ = new RunningComponent(second)) {
      await().untilAsserted(() -> assertThat(other.lines()).containsExactly("hello"));
      node.stop();
      node.createPod("sales", "later");
      node.append("sales", "later", "web", "still watching");
      await()
          .untilAsserted(
              () -> assertThat(other.lines()).containsExactly("hello", "still watching"));
    }

    assertThat(node.api.server().getRequestCount()).isEqualTo(requests + 1);
  }

  @Test
  void readsOnWhileTheReceiverOfAnotherIsBlocked() throws Exception {
    node.createPod("sales", "shop");
    node.append("sales", "shop", "web", "hello");
    var never = new Semaphore(0);
    var blocked = new Semaphore(0);
    var context = new TestContext("loki.source.kubernetes_files.y", directory.resolve("other"));
    var stuck =
        new LokiSourceKubernetesFiles(
            node.arguments(
                "start_at = \"beginning\"",
                _ -> {
                  blocked.release();
                  never.acquire();
                }),
            context);
    try (var _ = new RunningComponent(stuck)) {
      blocked.acquire();
      node.start("start_at = \"beginning\"");
      node.awaitLines("hello");
      node.append("sales", "shop", "web", "again");
      node.awaitLines("hello", "again");
    }
  }
}
