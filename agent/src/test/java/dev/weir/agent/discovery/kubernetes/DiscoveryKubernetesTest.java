package dev.weir.agent.discovery.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.component.Health;
import dev.weir.agent.discovery.kubernetes.DiscoveryKubernetes.Arguments;
import dev.weir.agent.discovery.kubernetes.DiscoveryKubernetes.Exports;
import dev.weir.agent.testkit.ApiServer;
import dev.weir.agent.testkit.CollectingReceiver;
import dev.weir.agent.testkit.RiverArguments;
import dev.weir.agent.testkit.RunningComponent;
import dev.weir.agent.testkit.TestContext;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoveryKubernetesTest {
  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: %s
        namespace: %s
        labels: {app.kubernetes.io/name: shop}
        annotations: {team: "a"}
        ownerReferences:
        - {apiVersion: apps/v1, kind: ReplicaSet, name: shop-1, uid: owner, controller: true}
      spec:
        nodeName: %s
        initContainers: [{name: prepare, image: busybox}]
        containers:
        - name: web
          image: shop:1
          ports:
          - {name: http, containerPort: 8080, protocol: TCP}
          - {containerPort: 9090, protocol: TCP}
      status:
        phase: Running
        podIP: 10.0.0.7
        hostIP: 192.168.0.1
        conditions: [{type: Ready, status: "True"}]
        containerStatuses:
        - {name: web, containerID: "containerd://abc", image: shop:1, imageID: x, ready: true, restartCount: 0}
      """;

  @TempDir Path storage;
  private final ApiServer api = ApiServer.withObjects();
  private TestContext context;

  @BeforeEach
  void makeContext() {
    context = new TestContext("discovery.kubernetes.test", storage);
  }

  @AfterEach
  void stopServer() {
    api.close();
  }

  @Test
  void givesOneTargetPerPortOfAContainerWithAllItsLabels() throws Exception {
    String uid = create(POD.formatted("shop-1-x", "sales", "worker-1")).getMetadata().getUid();

    try (var _ = running("role = \"pod\"")) {
      awaitTargets(3);
    }

    assertThat(targets().getFirst())
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
    assertThat(targets().get(2))
        .containsEntry("__address__", "10.0.0.7")
        .containsEntry("__meta_kubernetes_pod_container_name", "prepare")
        .containsEntry("__meta_kubernetes_pod_container_init", "true");
  }

  @Test
  void seesPodsComeAndGoByWatching() throws Exception {
    try (var component = running("role = \"pod\"")) {
      component.awaitHealth(Health.State.HEALTHY);
      Pod pod = (Pod) create(POD.formatted("late", "sales", "worker-1"));
      awaitTargets(3);
      api.client().pods().inNamespace("sales").resource(pod).delete();
      awaitTargets(0);
    }

    assertThat(context.scrape())
        .contains(
            "prometheus_sd_kubernetes_events_total{component_id=\"discovery.kubernetes.test\"");
  }

  @Test
  void looksOnlyIntoTheNamespacesNamed() throws Exception {
    create(POD.formatted("one", "sales", "worker-1"));
    create(POD.formatted("two", "stock", "worker-1"));
    create(POD.formatted("three", "legal", "worker-1"));

    try (var _ = running("role = \"pod\"\nnamespaces {\nnames = [\"sales\", \"stock\"]\n}")) {
      awaitTargets(6);
    }

    assertThat(targets())
        .extracting(target -> target.get("__meta_kubernetes_namespace"))
        .containsOnly("sales", "stock");
  }

  @Test
  void attachesLabelsOfNodeAndNamespace() throws Exception {
    create("apiVersion: v1\nkind: Node\nmetadata: {name: worker-1, labels: {zone: a}}");
    api.client()
        .namespaces()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName("sales")
                .addToLabels("cost-center", "7")
                .endMetadata()
                .build())
        .create();
    create(POD.formatted("one", "sales", "worker-1"));

    try (var _ = running("role = \"pod\"\nattach_metadata {\nnode = true\nnamespace = true\n}")) {
      awaitTargets(3);
    }

    assertThat(targets().getFirst())
        .containsEntry("__meta_kubernetes_node_name", "worker-1")
        .containsEntry("__meta_kubernetes_node_label_zone", "a")
        .containsEntry("__meta_kubernetes_node_labelpresent_zone", "true")
        .containsEntry("__meta_kubernetes_namespace_label_cost_center", "7");
  }

  @Test
  void givesOneTargetPerNode() throws Exception {
    create(
        """
        apiVersion: v1
        kind: Node
        metadata: {name: worker-1, labels: {zone: a}}
        spec: {providerID: "aws:///1"}
        status:
          addresses:
          - {type: Hostname, address: w1}
          - {type: InternalIP, address: "fd00::1"}
          daemonEndpoints: {kubeletEndpoint: {Port: 10250}}
        """);

    try (var _ = running("role = \"node\"")) {
      awaitTargets(1);
    }

    assertThat(targets().getFirst())
        .containsEntry("__address__", "[fd00::1]:10250")
        .containsEntry("instance", "worker-1")
        .containsEntry("__meta_kubernetes_node_name", "worker-1")
        .containsEntry("__meta_kubernetes_node_provider_id", "aws:///1")
        .containsEntry("__meta_kubernetes_node_address_InternalIP", "fd00::1")
        .containsEntry("__meta_kubernetes_node_address_Hostname", "w1");
  }

  @Test
  void givesTargetsOfServicesAndIngresses() throws Exception {
    create(
        """
        apiVersion: v1
        kind: Service
        metadata: {name: shop, namespace: sales}
        spec:
          type: ClusterIP
          clusterIP: 10.1.1.1
          ports: [{name: http, port: 80, protocol: TCP}]
        """);
    create(
        """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: shop, namespace: sales}
        spec:
          ingressClassName: nginx
          tls: [{hosts: ["*.example.org"]}]
          rules:
          - host: shop.example.org
            http: {paths: [{path: /cart, pathType: Prefix}]}
          - host: plain.example.com
        """);

    try (var _ = running("role = \"service\"")) {
      awaitTargets(1);
    }
    assertThat(targets().getFirst())
        .containsEntry("__address__", "shop.sales.svc:80")
        .containsEntry("__meta_kubernetes_service_cluster_ip", "10.1.1.1")
        .containsEntry("__meta_kubernetes_service_port_number", "80")
        .containsEntry("__meta_kubernetes_service_type", "ClusterIP");

    try (var _ = running("role = \"ingress\"")) {
      awaitTargets(2);
    }
    assertThat(targets())
        .extracting(target -> target.get("__meta_kubernetes_ingress_scheme"))
        .containsExactly("https", "http");
    assertThat(targets())
        .extracting(target -> target.get("__meta_kubernetes_ingress_path"))
        .containsExactly("/cart", "/");
  }

  @Test
  void givesEndpointsWithThePodsBehindThem() throws Exception {
    create(POD.formatted("shop-1-x", "sales", "worker-1"));
    create("apiVersion: v1\nkind: Service\nmetadata: {name: shop, namespace: sales}");
    create(
        """
        apiVersion: v1
        kind: Endpoints
        metadata: {name: shop, namespace: sales}
        subsets:
        - addresses:
          - {ip: 10.0.0.7, nodeName: worker-1, targetRef: {kind: Pod, namespace: sales, name: shop-1-x}}
          ports: [{name: http, port: 8080, protocol: TCP}]
        """);
    create(
        """
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: shop-abc, namespace: sales, labels: {kubernetes.io/service-name: shop}}
        addressType: IPv4
        endpoints:
        - addresses: [10.0.0.7]
          conditions: {ready: true}
          targetRef: {kind: Pod, namespace: sales, name: shop-1-x}
        ports: [{name: http, port: 8080, protocol: TCP}]
        """);

    try (var _ = running("role = \"endpoints\"")) {
      awaitTargets(2);
    }
    assertThat(targets().getFirst())
        .containsEntry("__meta_kubernetes_endpoints_name", "shop")
        .containsEntry("__meta_kubernetes_endpoint_ready", "true")
        .containsEntry("__meta_kubernetes_service_name", "shop")
        .containsEntry("__meta_kubernetes_pod_container_port_name", "http");
    assertThat(targets().get(1)).containsEntry("__address__", "10.0.0.7:9090");

    try (var _ = running("role = \"endpointslice\"")) {
      awaitTargets(2);
    }
    assertThat(targets().getFirst())
        .containsEntry("__meta_kubernetes_endpointslice_name", "shop-abc")
        .containsEntry("__meta_kubernetes_endpointslice_endpoint_conditions_ready", "true")
        .containsEntry("__meta_kubernetes_service_name", "shop")
        .containsEntry("__meta_kubernetes_pod_name", "shop-1-x");
  }

  @Test
  void goesOnWithOtherArgumentsInPlace() throws Exception {
    create(POD.formatted("one", "sales", "worker-1"));
    create(POD.formatted("two", "stock", "worker-1"));

    try (var component = running("role = \"pod\"\nnamespaces {\nnames = [\"sales\"]\n}")) {
      awaitTargets(3);
      component.update(arguments("role = \"pod\"\n" + api.river()));
      awaitTargets(6);
    }
  }

  @Test
  void saysWhyThereIsNoAnswer() throws Exception {
    String river = "role = \"pod\"\n" + api.river();
    api.close();

    try (var component = started(river)) {
      component.awaitHealth(Health.State.UNHEALTHY);
      assertThat(context.published()).containsExactly(new Exports(List.of()));
    }
  }

  @Test
  void saysThatItIsInNoPodWhenItHasNoAddress() throws Exception {
    try (var component = started("role = \"pod\"")) {
      component.awaitHealth(Health.State.UNHEALTHY);
      assertThat(component.health().message()).contains("not in a Kubernetes pod");
    }
  }

  @Test
  void selectsByLabelsAndFields() {
    Arguments arguments =
        arguments(
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
    assertThatThrownBy(() -> arguments(river))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private HasMetadata create(String yaml) {
    HasMetadata object = new KubernetesSerialization().unmarshal(yaml, HasMetadata.class);
    return api.client().resource(object).create();
  }

  private Started running(String river) {
    return started(river + "\n" + api.river());
  }

  private Started started(String river) {
    return new Started(new DiscoveryKubernetes(arguments(river), context));
  }

  private static final class Started implements AutoCloseable {
    private final DiscoveryKubernetes component;
    private final RunningComponent running;

    Started(DiscoveryKubernetes component) {
      this.component = component;
      this.running = new RunningComponent(component);
    }

    Health health() {
      return component.health().orElseThrow();
    }

    void update(Arguments arguments) {
      component.update(arguments);
    }

    void awaitHealth(Health.State state) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> component.health().filter(health -> health.state() == state).isPresent());
    }

    @Override
    public void close() {
      running.close();
    }
  }

  private void awaitTargets(int count) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(targets()).hasSize(count));
  }

  private List<Map<String, String>> targets() {
    return ((Exports) context.published().getLast()).targets();
  }

  private static Arguments arguments(String body) {
    return RiverArguments.decode(body, Arguments.class, new CollectingReceiver());
  }
}
