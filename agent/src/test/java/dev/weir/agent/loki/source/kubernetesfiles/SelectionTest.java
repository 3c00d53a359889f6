package dev.weir.agent.loki.source.kubernetesfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.agent.component.Egress;
import dev.weir.agent.component.Policy;
import dev.weir.agent.component.Report;
import dev.weir.agent.relabel.Action;
import dev.weir.agent.relabel.AnchoredRegex;
import dev.weir.agent.relabel.Rule;
import dev.weir.agent.relabel.Rules;
import dev.weir.agent.testkit.SeenEntry;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {
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

  /// Four logs, each of which says where it lies.
  private void fill() throws IOException {
    node.createPod("sales", "shop");
    node.createPod("stock", "depot");
    for (String pod : new String[] {"sales shop", "stock depot"}) {
      String[] names = pod.split(" ", -1);
      for (String container : new String[] {"web", "prepare"}) {
        node.append(names[0], names[1], container, names[1] + "-" + container);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "namespaces = [\"sales\"] | shop-web shop-prepare",
        "exclude_namespaces = [\"sales\"] | depot-web depot-prepare",
        "label_selector = \"app in (depot)\" | depot-web depot-prepare",
        "containers = [\"w*\"] | shop-web depot-web",
        "exclude_containers = [\"w*\"] | shop-prepare depot-prepare",
        "include_init = false | shop-web depot-web",
      })
  void readsWhatTheArgumentsChoose(String arguments, String expected) throws IOException {
    fill();
    node.start("start_at = \"beginning\"\n" + arguments);

    node.awaitLines(expected.split(" ", -1));
  }

  @Test
  void leavesOutPodsAndContainersThatAreMarked() throws IOException {
    node.createPod(
        "sales",
        "secret",
        pod -> pod.editMetadata().addToLabels("weir.dev/exclude", "true").endMetadata());
    node.createPod(
        "sales",
        "hidden",
        pod -> pod.editMetadata().addToAnnotations("weir.dev/exclude", "true").endMetadata());
    node.createPod(
        "sales",
        "half",
        pod ->
            pod.editMetadata()
                .addToAnnotations("weir.dev/exclude-containers", "other, prepare")
                .endMetadata());
    for (String pod : new String[] {"secret", "hidden", "half"}) {
      node.append("sales", pod, "prepare", pod + "-prepare");
      node.append("sales", pod, "web", pod + "-web");
    }
    node.start("start_at = \"beginning\"");

    node.awaitLines("half-web");
  }

  @Test
  void choosesByLabelsOfNamespacesAndTellsStagesOfThem() throws IOException {
    fill();
    Path file = directory.resolve("namespaces.json");
    Files.writeString(
        file,
        """
        {"sales": {"labels": {"tier": "gold"}, "annotations": {"tenant": "t1"}}, "stock": {}}
        """);
    node.start(
        "start_at = \"beginning\"\ncontainers = [\"web\"]\nnamespace_selector = \"tier=gold\"\n"
            + "namespaces_file = \""
            + file
            + "\"");
    node.awaitLines("shop-web");
    assertThat(node.receiver.entries().getFirst().origin())
        .containsEntry("__meta_kubernetes_namespace_label_tier", "gold")
        .containsEntry("__meta_kubernetes_namespace_annotation_tenant", "t1");

    Files.writeString(file, "{\"sales\": {}, \"stock\": {\"labels\": {\"tier\": \"gold\"}}}");
    node.awaitLines("shop-web", "depot-web");
  }

  @Test
  void asksTheApiServerForLabelsOfNamespacesIfNoFileHasThem() throws IOException {
    node.api
        .client()
        .namespaces()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName("stock")
                .addToLabels("tier", "gold")
                .endMetadata()
                .build())
        .create();
    fill();
    node.start(
        "start_at = \"beginning\"\ncontainers = [\"web\"]\nnamespace_selector = \"tier=gold\"");

    node.awaitLines("depot-web");
  }

  @Test
  void readsNothingOfNamespacesThatItsPolicyForbids() throws IOException {
    fill();
    node.policy = new Policy("uid", Set.of("stock"), null, Egress.OPEN);
    node.start(
        "start_at = \"beginning\"\ncontainers = [\"web\"]\nnamespaces = [\"sales\", \"stock\"]");

    node.awaitLines("depot-web");
    assertThat(node.component().report())
        .hasValueSatisfying(report ->
            assertThat(report)
                .isInstanceOfSatisfying(
                    Report.Source.class,
                    source -> assertThat(source.pods() + source.containers()).isEqualTo(2)));
  }

  @Test
  void readsOneStreamIfTheOtherIsNotWanted() throws IOException {
    node.createPod("sales", "shop");
    Path log = node.append("sales", "shop", "web", "out");
    PodLogs.append(log, "stderr F err");
    PodLogs.append(log, "stdout F out again");
    node.start("start_at = \"beginning\"\nstreams = [\"stderr\"]");

    node.awaitLines("err");
  }

  @Test
  void letsRulesChangeLabelsAndDropStreams() throws IOException {
    node.createPod("sales", "shop");
    Path log = node.append("sales", "shop", "web", "out");
    PodLogs.append(log, "stderr F err");
    var rules =
        new Rules(
            List.of(
                Rule.of(Action.REPLACE, "team", "__meta_kubernetes_pod_annotation_team"),
                new Rule(
                    List.of("stream"),
                    ";",
                    AnchoredRegex.parse("stderr"),
                    0,
                    "",
                    "$1",
                    Action.DROP)));
    node.start(
        node.arguments("start_at = \"beginning\"\nrelabel_rules = rules", node.receiver, rules));
    node.awaitLines("out");

    assertThat(node.receiver.entries())
        .extracting(SeenEntry::labels)
        .allSatisfy(labels -> assertThat(labels).containsEntry("team", "a"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "start_at = \"middle\" | start_at must be \\\"end\\\" or \\\"beginning\\\"",
        "streams = [] | streams must hold",
        "streams = [\"stdin\"] | streams must hold",
        "max_line_size = \"12\" | max_line_size must be from 1KiB to 64MiB",
        "on_long_line = \"wrap\" | on_long_line must be",
        "label_selector = \"a in b\" | invalid label selector",
        "namespace_selector = \"a in b\" | invalid label selector",
        "metadata_timeout = \"-1s\" | metadata_timeout must not be negative",
      })
  void refusesWrongArgumentsAndSaysWhatIsRight(String argument, String message) {
    assertThatThrownBy(() -> node.arguments(argument, node.receiver))
        .hasStackTraceContaining(message.replace("\\\"", "\""));
  }
}
