package dev.weir.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.operator.api.ConditionType;
import dev.weir.operator.testkit.Fault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SecretsTest {
  private final TestCluster cluster = new TestCluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void onlyTheKeysThatAreReferredToReachTheAgents() {
    cluster.secret("loki", Map.of("password", "hunter2", "other", "private"));
    cluster.start();
    cluster.apply(TestCluster.OPEN_CLASS);
    cluster.apply(TestCluster.withPassword("shop", "loki", "password"));

    await().until(() -> cluster.files().size() == 1);

    assertThat(cluster.secretValues()).containsExactly("hunter2");
    assertThat(cluster.files().toString()).doesNotContain("hunter2");
    cluster.awaitReason("shop", ConditionType.RESOLVED_REFS, "Resolved");
  }

  @Test
  void aMissingSecretIsNamedAndFoundOnceItIsThere() {
    cluster.start();
    cluster.apply(TestCluster.OPEN_CLASS);
    cluster.apply(TestCluster.withPassword("shop", "loki", "password"));

    assertThat(
            cluster.awaitReason("shop", ConditionType.RESOLVED_REFS, "SecretNotFound").getMessage())
        .contains("spec.outputs[0].auth.basic.password")
        .contains("Secret team-a/loki does not exist");
    assertThat(cluster.files()).isEmpty();
    cluster.secret("loki", Map.of("user", "me"));
    assertThat(
            cluster
                .awaitReason("shop", ConditionType.RESOLVED_REFS, "SecretKeyMissing")
                .getMessage())
        .contains("has no key \"password\"; it has [user]");
    cluster.secret("loki", Map.of("user", "me", "password", "hunter2"));
    cluster.awaitReason("shop", ConditionType.RESOLVED_REFS, "Resolved");
    await().until(() -> cluster.files().size() == 1);
  }

  @Test
  void aRotatedSecretReachesTheAgentsWithoutAChangeOfConfiguration() {
    cluster.secret("loki", Map.of("password", "hunter2"));
    cluster.start();
    cluster.apply(TestCluster.OPEN_CLASS);
    cluster.apply(TestCluster.withPassword("shop", "loki", "password"));
    cluster.awaitReason("shop", ConditionType.RESOLVED_REFS, "Resolved");
    cluster.server().forgetWrites();

    cluster.secret("loki", Map.of("password", "hunter3"));

    await().until(() -> cluster.secretValues().contains("hunter3"));
    assertThat(cluster.operatorWrites())
        .extracting(write -> write.plural())
        .doesNotContain("configmaps", "daemonsets");
    await().until(() -> !rotations().isEmpty());
    assertThat(rotations())
        .containsExactly(
            "LogPipeline shop: Secret team-a/loki changed; agents take the new value without a"
                + " restart.");
  }

  private List<String> rotations() {
    return cluster
        .server()
        .client()
        .events()
        .v1()
        .events()
        .inNamespace("team-a")
        .list()
        .getItems()
        .stream()
        .filter(event -> event.getReason().equals("SecretRotated"))
        .map(event ->
            event.getRegarding().getKind()
                + " "
                + event.getRegarding().getName()
                + ": "
                + event.getNote())
        .toList();
  }

  @Test
  void aDeletedSecretLeavesTheAgentsWithWhatTheyHave() {
    cluster.secret("loki", Map.of("password", "hunter2"));
    cluster.start();
    cluster.apply(TestCluster.OPEN_CLASS);
    cluster.apply(TestCluster.withPassword("shop", "loki", "password"));
    await().until(() -> cluster.files().size() == 1);

    cluster.server().client().secrets().inNamespace("team-a").withName("loki").delete();

    cluster.awaitReason("shop", ConditionType.RESOLVED_REFS, "SecretNotFound");
    assertThat(cluster.files()).hasSize(1);
    assertThat(cluster.secretValues()).containsExactly("hunter2");
  }

  @Test
  void aForbiddenSecretTellsTheCommandThatAllowsIt() {
    cluster.start();
    cluster.apply(TestCluster.OPEN_CLASS);
    cluster.server().fail("get", "secrets", Fault.status(403), 1000);
    cluster.apply(TestCluster.withPassword("shop", "loki", "password"));

    assertThat(
            cluster.awaitReason("shop", ConditionType.RESOLVED_REFS, "SecretNotFound").getMessage())
        .contains(
            "kubectl create rolebinding weir-pipeline-secrets -n team-a --clusterrole=weir-pipeline-secrets --serviceaccount=weir-system:weir-operator");
  }
}
