package dev.weir.agent.discovery.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The roles besides that of pods.
class OtherRolesTest {
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
  void givesOneTargetPerNode() throws Exception {
    cluster.create(
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

    try (var _ = cluster.running("role = \"node\"")) {
      cluster.awaitTargets(1);
    }

    assertThat(cluster.targets().getFirst())
        .containsEntry("__address__", "[fd00::1]:10250")
        .containsEntry("instance", "worker-1")
        .containsEntry("__meta_kubernetes_node_name", "worker-1")
        .containsEntry("__meta_kubernetes_node_provider_id", "aws:///1")
        .containsEntry("__meta_kubernetes_node_address_InternalIP", "fd00::1")
        .containsEntry("__meta_kubernetes_node_address_Hostname", "w1");
  }

  @Test
  void givesTargetsOfServicesAndIngresses() throws Exception {
    cluster.create(
        """
        apiVersion: v1
        kind: Service
        metadata: {name: shop, namespace: sales}
        spec:
          type: ClusterIP
          clusterIP: 10.1.1.1
          ports: [{name: http, port: 80, protocol: TCP}]
        """);
    cluster.create(
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

    try (var _ = cluster.running("role = \"service\"")) {
      cluster.awaitTargets(1);
    }
    assertThat(cluster.targets().getFirst())
        .containsEntry("__address__", "shop.sales.svc:80")
        .containsEntry("__meta_kubernetes_service_cluster_ip", "10.1.1.1")
        .containsEntry("__meta_kubernetes_service_port_number", "80")
        .containsEntry("__meta_kubernetes_service_type", "ClusterIP");

    try (var _ = cluster.running("role = \"ingress\"")) {
      cluster.awaitTargets(2);
    }
    assertThat(cluster.targets())
        .extracting(target -> target.get("__meta_kubernetes_ingress_scheme"))
        .containsExactly("https", "http");
    assertThat(cluster.targets())
        .extracting(target -> target.get("__meta_kubernetes_ingress_path"))
        .containsExactly("/cart", "/");
  }

  @Test
  void givesEndpointsWithThePodsBehindThem() throws Exception {
    cluster.create(DiscoveredCluster.POD.formatted("shop-1-x", "sales", "worker-1"));
    cluster.create("apiVersion: v1\nkind: Service\nmetadata: {name: shop, namespace: sales}");
    cluster.create(
        """
        apiVersion: v1
        kind: Endpoints
        metadata: {name: shop, namespace: sales}
        subsets:
        - addresses:
          - {ip: 10.0.0.7, nodeName: worker-1, targetRef: {kind: Pod, namespace: sales, name: shop-1-x}}
          ports: [{name: http, port: 8080, protocol: TCP}]
        """);
    cluster.create(
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

    try (var _ = cluster.running("role = \"endpoints\"")) {
      cluster.awaitTargets(2);
    }
    assertThat(cluster.targets().getFirst())
        .containsEntry("__meta_kubernetes_endpoints_name", "shop")
        .containsEntry("__meta_kubernetes_endpoint_ready", "true")
        .containsEntry("__meta_kubernetes_service_name", "shop")
        .containsEntry("__meta_kubernetes_pod_container_port_name", "http");
    assertThat(cluster.targets().get(1)).containsEntry("__address__", "10.0.0.7:9090");

    try (var _ = cluster.running("role = \"endpointslice\"")) {
      cluster.awaitTargets(2);
    }
    assertThat(cluster.targets().getFirst())
        .containsEntry("__meta_kubernetes_endpointslice_name", "shop-abc")
        .containsEntry("__meta_kubernetes_endpointslice_endpoint_conditions_ready", "true")
        .containsEntry("__meta_kubernetes_service_name", "shop")
        .containsEntry("__meta_kubernetes_pod_name", "shop-1-x");
  }
}
