package dev.weir.agent.discovery.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
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
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A cluster that the component looks at; the API server is fabric8's mock in the test's own
/// process.
final class DiscoveredCluster implements AutoCloseable {
  static final String POD =
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

  final ApiServer api = ApiServer.withObjects();
  final TestContext context;

  DiscoveredCluster(Path storage) {
    context = new TestContext("discovery.kubernetes.test", storage);
  }

  HasMetadata create(String yaml) {
    HasMetadata object = new KubernetesSerialization().unmarshal(yaml, HasMetadata.class);
    return api.client().resource(object).create();
  }

  Started running(String river) {
    return started(river + "\n" + api.river());
  }

  Started started(String river) {
    return new Started(new DiscoveryKubernetes(arguments(river), context));
  }

  static final class Started implements AutoCloseable {
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

  void awaitTargets(int count) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(targets()).hasSize(count));
  }

  List<Map<String, String>> targets() {
    return ((Exports) context.published().getLast()).targets();
  }

  static Arguments arguments(String body) {
    return RiverArguments.decode(body, Arguments.class, new CollectingReceiver());
  }

  @Override
  public void close() {
    api.close();
  }
}
