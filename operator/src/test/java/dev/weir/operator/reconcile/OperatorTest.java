package dev.weir.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.operator.api.ConditionType;
import dev.weir.operator.api.LogPipeline;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OperatorTest {
  private static final String LOKI = "https://loki.example.com/loki/api/v1/push";

  private final TestCluster cluster = new TestCluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void aPipelineBecomesAgentsWithItsRiver() {
    cluster.start();

    cluster.apply(TestCluster.OPEN_CLASS);
    cluster.apply(TestCluster.pipeline("team-a", "shop", LOKI));
    await().until(() -> cluster.files().containsKey("team-a.shop.river.gz"));
    await().until(() -> cluster.daemonSet() != null);
    cluster.rollOut(3);
    cluster.awaitReason("shop", ConditionType.PROGRAMMED, "Pending");

    assertThat(cluster.files().get("team-a.shop.river.gz")).contains(LOKI);
    assertThat(cluster.reason("shop", ConditionType.ACCEPTED)).isEqualTo("Accepted");
    assertThat(cluster.server().client().services().inNamespace("weir-agents").list().getItems())
        .hasSize(1);
  }

  @Test
  void withoutAClassThePipelineSaysSo() {
    cluster.start();

    cluster.apply(TestCluster.pipeline("team-a", "shop", LOKI));

    assertThat(cluster.awaitReason("shop", ConditionType.READY, "ClassNotFound").getMessage())
        .contains("no LogAgentClass \"default\"");
    cluster.apply(TestCluster.OPEN_CLASS);
    cluster.awaitReason("shop", ConditionType.ACCEPTED, "Accepted");
  }

  @Test
  void anEditReachesTheAgentsAndADeletionToo() {
    cluster.start();
    cluster.apply(TestCluster.OPEN_CLASS);
    cluster.apply(TestCluster.pipeline("team-a", "shop", LOKI));
    await().until(() -> cluster.files().size() == 1);

    cluster.apply(TestCluster.pipeline("team-a", "shop", "https://other.example.com/push"));
    await().until(() -> cluster.files().toString().contains("other.example.com"));
    cluster
        .server()
        .client()
        .resources(LogPipeline.class)
        .inNamespace("team-a")
        .withName("shop")
        .delete();

    await().until(() -> cluster.files().isEmpty());
  }

  @Test
  void nothingIsWrittenWhenNothingChanges() {
    cluster.start();
    cluster.apply(TestCluster.OPEN_CLASS);
    cluster.apply(TestCluster.pipeline("team-a", "shop", LOKI));
    await().until(() -> cluster.daemonSet() != null);
    cluster.rollOut(1);
    cluster.awaitReason("shop", ConditionType.PROGRAMMED, "Pending");
    await().until(() -> classReady());
    cluster.server().forgetWrites();

    cluster.stop();
    cluster.start();
    cluster.namespace("team-b", Map.of());
    cluster.apply(TestCluster.pipeline("team-b", "other", LOKI));
    await().until(() -> cluster.files().size() == 2);
    await().until(() -> cluster.status("team-b", "other") != null);

    assertThat(cluster.operatorWrites())
        .filteredOn(write -> !write.plural().equals("events"))
        .extracting(write -> write.plural() + "/" + write.name())
        .contains("logpipelines/other", "configmaps/default-head")
        .doesNotContain("daemonsets/default-agent", "services/default-agent");
    assertThat(cluster.operatorWrites())
        .as("one shard")
        .filteredOn(write -> write.name().startsWith("default-config-"))
        .hasSize(1);
  }

  private boolean classReady() {
    var agents = cluster.agentClass("default");
    return agents != null
        && agents.getStatus() != null
        && agents.getStatus().conditions().stream()
            .anyMatch(one -> one.getType().equals("Ready") && one.getStatus().equals("True"));
  }

  @Test
  void driftIsRepairedAndWhatOthersAddStays() {
    cluster.start();
    cluster.apply(TestCluster.OPEN_CLASS);
    await().until(() -> cluster.daemonSet() != null);

    cluster
        .server()
        .client()
        .apps()
        .daemonSets()
        .inNamespace("weir-agents")
        .withName("default-agent")
        .edit(set ->
            set.edit()
                .editSpec()
                .editTemplate()
                .editMetadata()
                .addToAnnotations("kubectl.kubernetes.io/restartedAt", "now")
                .endMetadata()
                .editSpec()
                .editContainer(0)
                .withImage("evil:1")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build());

    await().until(() -> image().equals("registry.example/weir:0.1.0"));
    var template = java.util.Objects.requireNonNull(cluster.daemonSet()).getSpec().getTemplate();
    assertThat(template.getMetadata().getAnnotations())
        .containsEntry("kubectl.kubernetes.io/restartedAt", "now");
    cluster
        .server()
        .client()
        .services()
        .inNamespace("weir-agents")
        .withName("default-agent")
        .delete();
    await()
        .until(() ->
            !cluster
                .server()
                .client()
                .services()
                .inNamespace("weir-agents")
                .list()
                .getItems()
                .isEmpty());
  }

  private String image() {
    var set = java.util.Objects.requireNonNull(cluster.daemonSet());
    return set.getSpec().getTemplate().getSpec().getContainers().getFirst().getImage();
  }

  @Test
  void aClassOfAnotherNamespaceIsRefusedInWords() {
    cluster.start();

    cluster.apply(TestCluster.OPEN_CLASS.replace("weir-agents", "kube-system"));

    await().until(() -> message().contains("may make agents in [weir-agents] only"));
    assertThat(cluster.files()).isEmpty();
  }

  @Test
  void agentsNewerThanTheOperatorAreNotDriven() {
    cluster.start();

    cluster.apply(TestCluster.OPEN_CLASS.replace("tenants:", "image: {tag: 0.2.0}\n  tenants:"));

    await().until(() -> message().contains("newer than this operator"));
    assertThat(cluster.daemonSet()).isNull();
  }

  private String message() {
    var agents = cluster.agentClass("default");
    return agents == null || agents.getStatus() == null
        ? ""
        : List.copyOf(agents.getStatus().conditions()).getFirst().getMessage();
  }

  @Test
  void aDeletedClassTakesItsObjectsAlong() {
    cluster.start();
    cluster.apply(TestCluster.OPEN_CLASS);
    cluster.apply(TestCluster.pipeline("team-a", "shop", LOKI));
    await().until(() -> cluster.daemonSet() != null);
    cluster.awaitReason("shop", ConditionType.ACCEPTED, "Accepted");

    var agents = java.util.Objects.requireNonNull(cluster.agentClass("default"));
    cluster.server().client().resource(agents).delete();

    cluster.awaitReason("shop", ConditionType.ACCEPTED, "ClassNotFound");
    assertThat(cluster.daemonSet()).isNull();
    assertThat(cluster.files()).isEmpty();
  }
}
