package dev.weir.operator.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ApiServerTest {
  private final ApiServer server = ApiServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private ConfigMap apply(String manager, Map<String, String> data) {
    ConfigMap object =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName("shard")
            .withNamespace("agents")
            .endMetadata()
            .withData(data)
            .build();
    return server.client().resource(object).fieldManager(manager).serverSideApply();
  }

  private ConfigMap shard() {
    return server.client().configMaps().inNamespace("agents").withName("shard").get();
  }

  @Test
  void applyMakesAnObjectAndMergesWhatTwoManagersSay() {
    apply("one", Map.of("a", "1", "b", "1"));

    apply("two", Map.of("c", "2"));
    apply("one", Map.of("a", "3"));

    assertThat(shard().getData()).containsExactlyInAnyOrderEntriesOf(Map.of("a", "3", "c", "2"));
    assertThat(shard().getMetadata().getManagedFields())
        .extracting(ManagedFieldsEntry::getManager)
        .containsExactlyInAnyOrder("one", "two");
  }

  @Test
  void applyOfTheSameChangesNothing() {
    String before = apply("one", Map.of("a", "1")).getMetadata().getResourceVersion();

    String after = apply("one", Map.of("a", "1")).getMetadata().getResourceVersion();

    assertThat(after).isEqualTo(before);
    assertThat(server.writes()).extracting(Write::effective).containsExactly(true, false);
  }

  @Test
  void anotherManagersFieldIsTakenByForceOnly() {
    apply("one", Map.of("a", "1"));

    assertThatThrownBy(() -> apply("two", Map.of("a", "2")))
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(409));
    server.client().resource(shardWith("2")).fieldManager("two").forceConflicts().serverSideApply();

    assertThat(shard().getData()).containsEntry("a", "2");
  }

  private static ConfigMap shardWith(String value) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName("shard")
        .withNamespace("agents")
        .endMetadata()
        .addToData("a", value)
        .build();
  }

  private DaemonSet daemonSet(String image) {
    return new DaemonSetBuilder()
        .withNewMetadata()
        .withName("agent")
        .withNamespace("agents")
        .endMetadata()
        .withNewSpec()
        .withNewTemplate()
        .withNewSpec()
        .addNewContainer()
        .withName("agent")
        .withImage(image)
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  @Test
  void theSpecificationIsCountedAndTheStatusHasItsOwnWay() {
    server.client().resource(daemonSet("weir:1")).fieldManager("op").serverSideApply();
    var agents = server.client().apps().daemonSets().inNamespace("agents").withName("agent");

    agents.editStatus(object ->
        new DaemonSetBuilder(object).withNewStatus().withNumberReady(3).endStatus().build());
    assertThat(agents.get().getMetadata().getGeneration()).isEqualTo(1);
    server.client().resource(daemonSet("weir:2")).fieldManager("op").serverSideApply();

    assertThat(agents.get().getMetadata().getGeneration()).isEqualTo(2);
    assertThat(agents.get().getStatus().getNumberReady()).isEqualTo(3);
    assertThat(agents.get().getSpec().getTemplate().getSpec().getContainers()).hasSize(1);
  }

  @Test
  void anOldRevisionIsNotWritten() {
    ConfigMap old = apply("one", Map.of("a", "1"));
    apply("one", Map.of("a", "2"));

    assertThatThrownBy(() ->
            server
                .client()
                .resource(new ConfigMapBuilder(old).addToData("b", "1").build())
                .update())
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(409));
  }

  @Test
  void whatAnObjectOwnedGoesWithIt() {
    ConfigMap owner = apply("one", Map.of());
    server
        .client()
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withName("pod")
                .withNamespace("agents")
                .addNewOwnerReference()
                .withApiVersion("v1")
                .withKind("ConfigMap")
                .withName("shard")
                .withUid(owner.getMetadata().getUid())
                .endOwnerReference()
                .endMetadata()
                .build())
        .create();

    server.client().resource(owner).delete();

    assertThat(server.client().pods().inNamespace("agents").list().getItems()).isEmpty();
  }

  @Test
  void informersSeeWhatTheySelectAlsoAfterAWatchBrokeOrExpired() {
    try (SharedIndexInformer<ConfigMap> informer =
        server.client().configMaps().inAnyNamespace().withLabel("mine").inform()) {
      apply("one", Map.of("a", "1"));
      label("mine");
      await().until(() -> informer.getStore().list().size() == 1);

      server.endWatches();
      apply("one", Map.of("a", "2"));
      await().until(() -> seen(informer).equals(List.of("2")));
      server.expireWatches();
      apply("one", Map.of("a", "3"));
      await().until(() -> seen(informer).equals(List.of("3")));

      server.client().configMaps().inNamespace("agents").withName("shard").delete();
      await().until(() -> informer.getStore().list().isEmpty());
    }
  }

  private static List<String> seen(SharedIndexInformer<ConfigMap> informer) {
    return informer.getStore().list().stream().map(map -> map.getData().get("a")).toList();
  }

  private void label(String name) {
    server
        .client()
        .configMaps()
        .inNamespace("agents")
        .withName("shard")
        .edit(map ->
            new ConfigMapBuilder(map).editMetadata().addToLabels(name, "").endMetadata().build());
  }

  @Test
  void requestsFailAsTold() {
    server.fail("get", "configmaps", Fault.tooManyRequests(1), 1);

    assertThatThrownBy(this::shard)
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(429));
    assertThat(shard()).isNull();
    assertThat(server.faultsLeft()).isZero();
  }

  @Test
  void tellsOfItsGroupsAndLearnsNewOnes() {
    assertThat(server.client().hasApiGroup("monitoring.coreos.com", true)).isFalse();

    server.define("monitoring.coreos.com", "v1", "PodMonitor", "podmonitors", true);

    assertThat(server.client().hasApiGroup("monitoring.coreos.com", true)).isTrue();
    var monitor = new GenericKubernetesResource();
    monitor.setApiVersion("monitoring.coreos.com/v1");
    monitor.setKind("PodMonitor");
    monitor.setMetadata(
        new io.fabric8.kubernetes.api.model.ObjectMetaBuilder()
            .withName("agents")
            .withNamespace("agents")
            .build());
    assertThat(server.client().resource(monitor).fieldManager("op").serverSideApply().getKind())
        .isEqualTo("PodMonitor");
  }
}
