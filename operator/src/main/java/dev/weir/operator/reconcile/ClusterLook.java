package dev.weir.operator.reconcile;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.weir.operator.children.ClassFacts.ClusterFacts;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// What the cluster has beside Kubernetes itself; looked at again now and then, as it can be added
/// later. Thread-safe.
final class ClusterLook {
  private static final Duration AGAIN = Duration.ofMinutes(5);
  private static final String MONITORING = "monitoring.coreos.com/v1";

  private final KubernetesClient client;
  private final InstantSource clock;

  @GuardedBy("this")
  private ClusterFacts facts = ClusterFacts.PLAIN;

  @GuardedBy("this")
  private Instant next = Instant.MIN;

  ClusterLook(KubernetesClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  /// Discovery is readable for everybody; where it fails, what was known goes on.
  synchronized ClusterFacts facts() {
    if (!clock.instant().isBefore(next)) {
      try {
        facts =
            new ClusterFacts(
                has("PodMonitor"),
                has("PrometheusRule"),
                client.hasApiGroup("security.openshift.io", true));
        next = clock.instant().plus(AGAIN);
      } catch (KubernetesClientException e) {
        next = clock.instant().plusSeconds(30);
      }
    }
    return facts;
  }

  private boolean has(String kind) {
    var resources = client.getApiResources(MONITORING);
    return resources != null
        && resources.getResources().stream().anyMatch(one -> one.getKind().equals(kind));
  }
}
