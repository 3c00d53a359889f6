package dev.weir.agent.discovery.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.agent.component.Health;
import dev.weir.agent.discovery.kubernetes.DiscoveryKubernetes.Arguments;
import dev.weir.agent.discovery.kubernetes.DiscoveryKubernetes.Exports;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoveryKubernetesTest {
  @TempDir Path storage;
  private DiscoveredCluster cluster;

  @BeforeEach
  void makeCluster() {
    cluster = new DiscoveredCluster(storage);
  }

  @AfterEach
  void stopServer() {
    cluster.close();
  }

  @Test
  void givesOneTargetPerPortOfAContainerWithAllItsLabels() throws Exception {
    String uid =
        cluster
            .create(DiscoveredCluster.POD.formatted("shop-1-x", "sales", "worker-1"))
            .getMetadata()
            .getUid();

    try (var _ = cluster.running("role = \"pod\"")) {
      cluster.awaitTargets(3);
    }

    assertThat(cluster.targets().getFirst())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("__address__", "10.0.0.7:8080"),
                Map.entry("__meta_kubernetes_namespace", "sales"),
                Map.entry("__meta_kubernetes_pod_name", "shop-1-x"),
                Map.entry("__meta_kubernetes_pod_ip", "10.0.0.7"),
                Map.entry("__meta_kubernetes_pod_host_ip", "192.168.0.1"),
                Map.entry("__meta_kubernetes_pod_node_name", "worker-1"),
                Map.entry("__meta_kubernetes_pod_phase", "Running"),
                Map.entry("__meta_kubernetes_pod_ready", "true"),
                Map.entry("__meta_kubernetes_pod_uid", uid),
                Map.entry("__meta_kubernetes_pod_controller_kind", "ReplicaSet"),
                Map.entry("__meta_kubernetes_pod_controller_name", "shop-1"),
                Map.entry("__meta_kubernetes_pod_label_app_kubernetes_io_name", "shop"),
                Map.entry("__meta_kubernetes_pod_labelpresent_app_kubernetes_io_name", "true"),
                Map.entry("__meta_kubernetes_pod_annotation_team", "a"),
                Map.entry("__meta_kubernetes_pod_annotationpresent_team", "true"),
                Map.entry("__meta_kubernetes_pod_container_name", "web"),
                Map.entry("__meta_kubernetes_pod_container_image", "shop:1"),
                Map.entry("__meta_kubernetes_pod_container_id", "containerd://abc"),
                Map.entry("__meta_kubernetes_pod_container_init", "false"),
                Map.entry("__meta_kubernetes_pod_container_port_name", "http"),
                Map.entry("__meta_kubernetes_pod_container_port_number", "8080"),
                Map.entry("__meta_kubernetes_pod_container_port_protocol", "TCP")));
    assertThat(cluster.targets().get(2))
        .containsEntry("__address__", "10.0.0.7")
        .containsEntry("__meta_kubernetes_pod_container_name", "prepare")
        .containsEntry("__meta_kubernetes_pod_container_init", "true");
  }

  @Test
  void seesPodsComeAndGoByWatching() throws Exception {
    try (var component = cluster.running("role = \"pod\"")) {
      component.awaitHealth(Health.State.HEALTHY);
      Pod pod = (Pod) cluster.create(DiscoveredCluster.POD.formatted("late", "sales", "worker-1"));
      cluster.awaitTargets(3);
      cluster.api.client().pods().inNamespace("sales").resource(pod).delete();
      cluster.awaitTargets(0);
    }

    assertThat(cluster.context.scrape())
        .contains(
            "prometheus_sd_kubernetes_events_total{component_id=\"discovery.kubernetes.test\"");
  }

  @Test
  void looksOnlyIntoTheNamespacesNamed() throws Exception {
    cluster.create(DiscoveredCluster.POD.formatted("one", "sales", "worker-1"));
    cluster.create(DiscoveredCluster.POD.formatted("two", "stock", "worker-1"));
    cluster.create(DiscoveredCluster.POD.formatted("three", "legal", "worker-1"));

    try (var _ =
        cluster.running("role = \"pod\"\nnamespaces {\nnames = [\"sales\", \"stock\"]\n}")) {
      cluster.awaitTargets(6);
    }

    assertThat(cluster.targets())
        .extracting(target -> target.get("__meta_kubernetes_namespace"))
        .containsOnly("sales", "stock");
  }

  @Test
  void attachesLabelsOfNodeAndNamespace() throws Exception {
    cluster.create("apiVersion: v1\nkind: Node\nmetadata: {name: worker-1, labels: {zone: a}}");
    cluster
        .api
        .client()
        .namespaces()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName("sales")
                .addToLabels("cost-center", "7")
                .endMetadata()
                .build())
        .create();
    cluster.create(DiscoveredCluster.POD.formatted("one", "sales", "worker-1"));

    try (var _ =
        cluster.running("role = \"pod\"\nattach_metadata {\nnode = true\nnamespace = true\n}")) {
      cluster.awaitTargets(3);
    }

    assertThat(cluster.targets().getFirst())
        .containsEntry("__meta_kubernetes_node_name", "worker-1")
        .containsEntry("__meta_kubernetes_node_label_zone", "a")
        .containsEntry("__meta_kubernetes_node_labelpresent_zone", "true")
        .containsEntry("__meta_kubernetes_namespace_label_cost_center", "7");
  }

  @Test
  void goesOnWithOtherArgumentsInPlace() throws Exception {
    cluster.create(DiscoveredCluster.POD.formatted("one", "sales", "worker-1"));
    cluster.create(DiscoveredCluster.POD.formatted("two", "stock", "worker-1"));

    try (var component = cluster.running("role = \"pod\"\nnamespaces {\nnames = [\"sales\"]\n}")) {
      cluster.awaitTargets(3);
      component.update(DiscoveredCluster.arguments("role = \"pod\"\n" + cluster.api.river()));
      cluster.awaitTargets(6);
    }
  }

  @Test
  void saysWhyThereIsNoAnswer() throws Exception {
    String river = "role = \"pod\"\n" + cluster.api.river();
    cluster.api.close();

    try (var component = cluster.started(river)) {
      component.awaitHealth(Health.State.UNHEALTHY);
      assertThat(cluster.context.published()).containsExactly(new Exports(List.of()));
    }
  }

  @Test
  void saysThatItIsInNoPodWhenItHasNoAddress() throws Exception {
    try (var component = cluster.started("role = \"pod\"")) {
      component.awaitHealth(Health.State.UNHEALTHY);
      assertThat(component.health().message()).contains("not in a Kubernetes pod");
    }
  }

  @Test
  void selectsByLabelsAndFields() {
    Arguments arguments =
        DiscoveredCluster.arguments(
            "role = \"pod\"\nselectors {\nrole = \"pod\"\nlabel = \"a=b\"\n"
                + "field = \"spec.nodeName=\" + \"worker-1\" + \",status.phase!=Failed\"\n}");

    assertThat(FieldSelector.parse(arguments.selectors().getFirst().field()))
        .containsExactly(
            new FieldSelector("spec.nodeName", "worker-1", true),
            new FieldSelector("status.phase", "Failed", false));
  }

  @Test
  void refusesWhatItCannotDo() {
    assertRefused("role = \"pods\"", "unknown role \"pods\"");
    assertRefused(
        "role = \"node\"\nselectors {\nrole = \"pod\"\n}",
        "node role supports only node selectors");
    assertRefused(
        "role = \"pod\"\nselectors {\nrole = \"pod\"\n}\nselectors {\nrole = \"pod\"\n}",
        "duplicated selector role: pod");
    assertRefused(
        "role = \"pod\"\nselectors {\nrole = \"pod\"\nfield = \"nonsense\"\n}",
        "invalid field selector");
    assertRefused(
        "role = \"pod\"\napi_server = \"http://a\"\nkubeconfig_file = \"b\"", "at most one of");
    assertRefused("role = \"pod\"\nbearer_token = \"a\"", "api_server must be configured");
    assertRefused("role = \"pod\"\napi_server = \"localhost\"", "api_server must be http://");
  }

  private static void assertRefused(String river, String message) {
    assertThatThrownBy(() -> DiscoveredCluster.arguments(river))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
