package dev.weir.agent.kubernetes;

import dev.weir.agent.component.Shared;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// The pods of one node, by a watch of the API server that everything in this process shares. Pods
/// that were deleted stay known for a while, as their logs do. While the API server is away what it
/// told last stays.
///
/// Thread-safe.
public final class NodePods {
  private static final Shared<Place, NodePods> ALL = new Shared<>(NodePods::new, NodePods::close);
  private static final int DELETED = 512;

  private final Map<String, NodePod> pods = new ConcurrentHashMap<>();
  private final Map<String, NodePod> deleted = new LinkedHashMap<>();
  private final ObjectWatch<Pod> watch;

  /// Which node of which cluster.
  ///
  /// @param node empty for all nodes
  /// @param userAgent as the API server's audit log shows it
  public record Place(ClientArguments client, String node, String userAgent) {}

  private NodePods(Place place) {
    this.watch =
        new ObjectWatch<>(
            place.client(),
            place.userAgent(),
            "pods",
            client -> informer(client, place.node()),
            new Changes(),
            LoggerFactory.getLogger(NodePods.class));
  }

  private static SharedIndexInformer<Pod> informer(KubernetesClient client, String node) {
    var all = client.pods().inAnyNamespace();
    return node.isEmpty()
        ? all.runnableInformer(0)
        : all.withField("spec.nodeName", node).runnableInformer(0);
  }

  /// The pods of a node; the first lease begins to watch, the last one ends it.
  public static Shared.Lease<NodePods> of(Place place) {
    return ALL.lease(place);
  }

  private void close() {
    watch.close();
  }

  /// Tells `listener` of changes from now on.
  public void addListener(ObjectWatch.Listener listener) {
    watch.addListener(listener);
  }

  /// Takes a listener back.
  public void removeListener(ObjectWatch.Listener listener) {
    watch.removeListener(listener);
  }

  /// The pod whose logs lie in a directory, or null when it is not known.
  ///
  /// @param uid as in the directory's name
  public @Nullable NodePod find(String namespace, String name, String uid) {
    String key = key(namespace, name, uid);
    NodePod pod = pods.get(key);
    if (pod != null) {
      return pod;
    }
    synchronized (deleted) {
      return deleted.get(key);
    }
  }

  /// Every pod that is not deleted.
  public Collection<NodePod> all() {
    return List.copyOf(pods.values());
  }

  private static String key(String namespace, String name, String uid) {
    return namespace + "_" + name + "_" + uid;
  }

  private static String key(NodePod pod) {
    return key(pod.namespace(), pod.name(), pod.uid());
  }

  /// Whether every pod has been told of once.
  public boolean hasSynced() {
    return watch.hasSynced();
  }

  /// Why the pods cannot be watched now, or null.
  public @Nullable String problem() {
    return watch.problem();
  }

  private final class Changes implements ObjectWatch.Objects<Pod> {
    @Override
    public boolean found(Pod object) {
      NodePod pod = NodePod.of(object);
      return !pod.equals(pods.put(key(pod), pod));
    }

    @Override
    public boolean gone(Pod object) {
      NodePod pod = NodePod.of(object);
      synchronized (deleted) {
        deleted.put(key(pod), pod);
        if (deleted.size() > DELETED) {
          deleted.remove(deleted.keySet().iterator().next());
        }
      }
      pods.remove(key(pod));
      return true;
    }
  }
}
