package dev.weir.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.operator.api.ConditionType;
import dev.weir.operator.api.LogPipeline;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PoliciesTest {
  private static final String LOKI = "https://loki.example.com/push";
  private static final String INVALID = "https://me:secret@loki.example.com/push";

  private final TestCluster cluster = new TestCluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void anInvalidEditLeavesTheLastGoodPipelineWithTheAgents() {
    cluster.start();
    cluster.apply(TestCluster.OPEN_CLASS);
    cluster.apply(TestCluster.pipeline("team-a", "shop", LOKI));
    cluster.apply(TestCluster.pipeline("team-a", "sibling", LOKI));
    await().until(() -> cluster.files().size() == 2);
    Map<String, String> before = cluster.files();

    cluster.apply(TestCluster.pipeline("team-a", "shop", INVALID));
    cluster.awaitReason("shop", ConditionType.PROGRAMMED, "Superseded");

    assertThat(cluster.files()).isEqualTo(before);
    assertThat(cluster.reason("shop", ConditionType.ACCEPTED)).isEqualTo("InvalidSpec");
    assertThat(cluster.reason("sibling", ConditionType.ACCEPTED)).isEqualTo("Accepted");
    cluster.stop();
    cluster.start();
    await().until(() -> cluster.operator().board().plan("default").isPresent());
    assertThat(cluster.files()).as("after a new start").isEqualTo(before);
    cluster.apply(TestCluster.pipeline("team-a", "shop", "https://new.example.com/push"));
    await().until(() -> cluster.files().toString().contains("new.example.com"));
  }

  @Test
  void aPipelineThatNeverWasValidIsLeftOut() {
    cluster.start();
    cluster.apply(TestCluster.OPEN_CLASS);
    cluster.apply(TestCluster.pipeline("team-a", "broken", INVALID));
    cluster.apply(TestCluster.pipeline("team-a", "sibling", LOKI));

    cluster.awaitReason("broken", ConditionType.READY, "InvalidSpec");
    await().until(() -> cluster.files().size() == 1);

    assertThat(cluster.reason("broken", ConditionType.STALLED)).isEqualTo("InvalidSpec");
  }

  @Test
  void theOldestPipelinesOfANamespaceRun() {
    cluster.start();
    cluster.apply(
        TestCluster.OPEN_CLASS.replace(
            "{namespaceSelector: {}}", "{namespaceSelector: {}, maxPipelinesPerNamespace: 1}"));
    cluster.apply(TestCluster.pipeline("team-a", "a-first", LOKI));
    cluster.awaitReason("a-first", ConditionType.ACCEPTED, "Accepted");
    cluster.apply(TestCluster.pipeline("team-a", "b-second", LOKI));

    assertThat(cluster.awaitReason("b-second", ConditionType.READY, "QuotaExceeded").getMessage())
        .contains("maxPipelinesPerNamespace");
    delete("a-first");
    cluster.awaitReason("b-second", ConditionType.ACCEPTED, "Accepted");
  }

  private void delete(String name) {
    cluster
        .server()
        .client()
        .resources(LogPipeline.class)
        .inNamespace("team-a")
        .withName(name)
        .delete();
  }

  @Test
  void onlyNamespacesThatTheClassSelectsMayUseIt() {
    cluster.start();
    cluster.apply(
        TestCluster.OPEN_CLASS.replace(
            "{namespaceSelector: {}}", "{namespaceSelector: {matchLabels: {logs: self}}}"));
    cluster.apply(TestCluster.pipeline("team-a", "shop", LOKI));

    cluster.awaitReason("shop", ConditionType.READY, "NotAllowedByClass");
    cluster
        .server()
        .client()
        .namespaces()
        .withName("team-a")
        .edit(it -> it.edit().editMetadata().addToLabels("logs", "self").endMetadata().build());

    cluster.awaitReason("shop", ConditionType.ACCEPTED, "Accepted");
  }

  @Test
  void aSuspendedPipelineLeavesTheAgentsAndAPausedOneStays() {
    cluster.start();
    cluster.apply(TestCluster.OPEN_CLASS);
    cluster.apply(TestCluster.pipeline("team-a", "shop", LOKI));
    await().until(() -> cluster.files().size() == 1);
    String paused =
        TestCluster.pipeline("team-a", "shop", "https://new.example.com/push")
            .replace(
                "namespace: team-a}",
                "namespace: team-a, annotations: {weir.dev/paused: \"true\"}}");

    cluster.apply(paused);
    cluster.awaitReason("shop", ConditionType.PROGRAMMED, "Paused");
    assertThat(cluster.files().toString()).contains("loki.example.com");
    cluster.apply(paused.replace("\"true\"", "\"false\""));
    await().until(() -> cluster.files().toString().contains("new.example.com"));
    cluster.apply(
        TestCluster.pipeline("team-a", "shop", LOKI).replace("spec:", "spec:\n  suspend: true"));

    cluster.awaitReason("shop", ConditionType.READY, "Suspended");
    await().until(() -> cluster.files().isEmpty());
  }

  @Test
  void aPausedClassStaysAsItIs() {
    cluster.start();
    cluster.apply(TestCluster.OPEN_CLASS);
    await().until(() -> cluster.daemonSet() != null);
    cluster.apply(
        TestCluster.OPEN_CLASS
            .replace("{name: default}", "{name: default, annotations: {weir.dev/paused: \"true\"}}")
            .replace("tenants:", "rollout: {minReadySeconds: 99}\n  tenants:"));

    await()
        .until(() ->
            Objects.requireNonNull(cluster.agentClass("default")).getStatus().conditions().stream()
                .anyMatch(it -> it.getReason().equals("Paused")));

    assertThat(Objects.requireNonNull(cluster.daemonSet()).getSpec().getMinReadySeconds())
        .isEqualTo(10);
  }

  @Test
  void aChangeOfTheClassRollsOutNewPodsAndAnotherClassTakesThePipelineOver() {
    cluster.start();
    cluster.apply(TestCluster.OPEN_CLASS);
    cluster.apply(TestCluster.OPEN_CLASS.replace("{name: default}", "{name: second}"));
    cluster.apply(TestCluster.pipeline("team-a", "shop", LOKI));
    await().until(() -> cluster.files().size() == 1);

    cluster.apply(
        TestCluster.OPEN_CLASS.replace("tenants:", "rollout: {minReadySeconds: 99}\n  tenants:"));
    await()
        .until(
            () -> Objects.requireNonNull(cluster.daemonSet()).getSpec().getMinReadySeconds() == 99);
    cluster.apply(
        TestCluster.pipeline("team-a", "shop", LOKI)
            .replace("spec:", "spec:\n  classRef: {name: second}"));

    await().until(() -> holder().startsWith("second-config-"));
  }

  private String holder() {
    return cluster
        .server()
        .client()
        .configMaps()
        .inNamespace(TestCluster.AGENTS)
        .list()
        .getItems()
        .stream()
        .filter(map -> map.getBinaryData() != null && !map.getBinaryData().isEmpty())
        .map(map -> map.getMetadata().getName())
        .toList()
        .toString()
        .replace("[", "")
        .replace("]", "");
  }
}
