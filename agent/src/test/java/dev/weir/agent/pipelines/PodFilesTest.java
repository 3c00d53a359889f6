package dev.weir.agent.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.Agent;
import dev.weir.agent.AgentOptions;
import dev.weir.agent.component.Stability;
import dev.weir.agent.logging.LogLevel;
import dev.weir.agent.sandbox.Limits;
import dev.weir.agent.sandbox.Sandbox;
import dev.weir.agent.sandbox.SandboxOptions;
import dev.weir.agent.sandbox.StoredEntry;
import dev.weir.agent.testkit.ApiServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The logs of a node's pods as users of Alloy collect them: discovered, relabelled to paths,
/// matched, read and taken apart by `stage.cri`. A whole agent runs; the API server is fabric8's
/// mock in the test's own process, the files are made here, shaped as the kubelet's.
class PodFilesTest {
  private static final String CONFIG =
      """
      discovery.kubernetes "pods" {
        role       = "pod"
        api_server = "API"
        selectors {
          role  = "pod"
          field = "spec.nodeName=" + "n1"
        }
      }
      discovery.relabel "pods" {
        targets = discovery.kubernetes.pods.targets
        rule {
          source_labels = ["__meta_kubernetes_namespace"]
          target_label  = "namespace"
        }
        rule {
          source_labels = ["__meta_kubernetes_pod_name"]
          target_label  = "pod"
        }
        rule {
          source_labels = ["__meta_kubernetes_pod_container_name"]
          target_label  = "container"
        }
        rule {
          source_labels = ["__meta_kubernetes_pod_label_app"]
          target_label  = "app"
        }
        rule {
          source_labels = ["__meta_kubernetes_pod_uid", "__meta_kubernetes_pod_container_name"]
          separator     = "/"
          target_label  = "__path__"
          replacement   = "LOGS/*$1/*.log"
        }
      }
      local.file_match "pods" {
        path_targets = discovery.relabel.pods.output
        sync_period  = "1s"
      }
      loki.source.file "pods" {
        targets    = local.file_match.pods.targets
        forward_to = [loki.process.pods.receiver]
      }
      loki.process "pods" {
        stage.cri { }
        stage.label_drop { values = ["filename"] }
        forward_to = [loki.write.out.receiver]
      }
      loki.write "out" {
        endpoint { url = "LOKI" }
      }
      """;
  @TempDir Path directory;
  private Path logs;
  private ApiServer api;
  private Sandbox loki;
  private Agent agent;

  @BeforeEach
  void prepare() throws Exception {
    logs = Files.createDirectories(directory.resolve("pods"));
    api = ApiServer.withObjects();
    loki = Sandbox.start(SandboxOptions.loopback().withLimits(Limits.LOKI.withAnyAge()));
    Files.writeString(
        directory.resolve("config.river"),
        CONFIG
            .replace("API", api.address())
            .replace("LOGS", logs.toString())
            .replace("LOKI", loki.pushUrl().toString()));
    start();
  }

  @AfterEach
  void stopAll() throws Exception {
    agent.stop();
    loki.close();
    api.close();
  }

  private void start() throws Exception {
    agent =
        new Agent(
            new AgentOptions(
                directory.resolve("config.river"),
                new InetSocketAddress("127.0.0.1", 0),
                LogLevel.ERROR,
                directory.resolve("data"),
                Stability.GENERALLY_AVAILABLE,
                "0.1.0",
                Duration.ofSeconds(10)));
    agent.start();
  }

  /// Makes a pod; returns the directory of its logs.
  private Path pod(String name) {
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withName(name)
            .addToLabels("app", "shop")
            .endMetadata()
            .withNewSpec()
            .withNodeName("n1")
            .addNewContainer()
            .withName("web")
            .endContainer()
            .addNewContainer()
            .withName("proxy")
            .endContainer()
            .endSpec()
            .withNewStatus()
            .withPodIP("10.0.0.7")
            .endStatus()
            .build();
    String uid =
        api.client().pods().inNamespace("sales").resource(pod).create().getMetadata().getUid();
    return logs.resolve("sales_" + name + "_" + uid);
  }

  private static void append(Path log, int second, String rest) throws IOException {
    Path parent = log.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.writeString(
        log,
        "2026-11-22T13:00:%02d.000000001Z %s\n".formatted(second, rest),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private static void pack(Path from) throws IOException {
    Path to = from.resolveSibling(from.getFileName() + ".gz");
    try (var packed = new GZIPOutputStream(Files.newOutputStream(to))) {
      Files.copy(from, packed);
    }
    Files.delete(from);
  }

  private List<String> arrived(String selector) {
    return loki.entries(selector).stream().map(StoredEntry::line).toList();
  }

  private void awaitLines(String selector, String... lines) {
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(() -> assertThat(arrived(selector)).containsExactlyInAnyOrder(lines));
  }

  @Test
  void arriveOnceWithThePodsLabelsThroughRotationAndRestart() throws Exception {
    Path shop = pod("shop");
    Path web = shop.resolve("web").resolve("0.log");
    append(web, 1, "stdout F one");
    append(web, 2, "stdout P two, in ");
    append(web, 3, "stderr F trouble");
    append(web, 4, "stdout F parts");
    append(shop.resolve("proxy").resolve("0.log"), 1, "stdout F GET /");
    awaitLines("{stream=\"stderr\"}", "trouble");
    awaitLines("{container=\"web\", stream=\"stdout\"}", "one", "two, in parts");
    awaitLines("{namespace=\"sales\", pod=\"shop\", app=\"shop\", container=\"proxy\"}", "GET /");

    Path rotated = web.resolveSibling("0.log.20261122-130005");
    Files.move(web, rotated);
    append(rotated, 5, "stdout F to the old file");
    append(web, 6, "stdout F to the new one");
    awaitLines(
        "{container=\"web\", stream=\"stdout\"}",
        "one",
        "two, in parts",
        "to the old file",
        "to the new one");

    agent.stop();
    append(web, 7, "stdout F meanwhile");
    pack(rotated);
    Files.move(web, web.resolveSibling("0.log.20261122-130008"));
    append(web, 8, "stdout F rotated meanwhile");
    append(web.resolveSibling("1.log"), 9, "stdout F restarted meanwhile");
    start();
    awaitLines(
        "{container=\"web\", stream=\"stdout\"}",
        "one",
        "two, in parts",
        "to the old file",
        "to the new one",
        "meanwhile",
        "rotated meanwhile",
        "restarted meanwhile");
  }
}
