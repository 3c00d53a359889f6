package dev.weir.agent.kubernetes;

import dev.weir.agent.component.Shared;
import dev.weir.agent.docker.OwnedThread;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The pods of one node, by a watch of the API server that everything in this process shares. Pods
/// that were deleted stay known for a while, as their logs do. While the API server is away what it
/// told last stays.
///
/// Thread-safe.
public final class NodePods {
  private static final Logger log = LoggerFactory.getLogger(NodePods.class);
  private static final Shared<Place, NodePods> ALL = new Shared<>(NodePods::new, NodePods::close);
  private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(30);
  private static final int DELETED = 512;

  private final Place place;
  private final Map<String, NodePod> pods = new ConcurrentHashMap<>();
  private final Map<String, NodePod> deleted = new LinkedHashMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final OwnedThread thread;
  private volatile boolean synced;
  private volatile @Nullable SharedIndexInformer<Pod> informer;
  private volatile @Nullable String problem = "no answer of the Kubernetes API server yet";

  /// Which node of which cluster.
  ///
  /// @param userAgent as the API server's audit log shows it
  public record Place(ClientArguments client, String node, String userAgent) {}

  private NodePods(Place place) {
    this.place = place;
    this.thread = new OwnedThread("kubernetes-pods", this::run);
  }

  /// The pods of a node; the first lease begins to watch, the last one ends it.
  public static Shared.Lease<NodePods> of(Place place) {
    return ALL.lease(place);
  }

  private void close() {
    thread.close();
  }

  /// Runs `listener` after each change, on any thread; it must not block.
  public void addListener(Runnable listener) {
    listeners.add(listener);
  }

  /// Takes a listener back.
  public void removeListener(Runnable listener) {
    listeners.remove(listener);
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

  private static String key(String namespace, String name, String uid) {
    return namespace + "_" + name + "_" + uid;
  }

  private static String key(NodePod pod) {
    return key(pod.namespace(), pod.name(), pod.uid());
  }

  /// Whether every pod has been told of once.
  public boolean hasSynced() {
    return synced;
  }

  /// Why the pods cannot be watched now, or null.
  public @Nullable String problem() {
    SharedIndexInformer<Pod> running = informer;
    return running != null && running.isWatching() ? null : problem;
  }

  private void run() throws InterruptedException {
    var never = new Semaphore(0);
    long pause = FIRST_PAUSE;
    while (true) {
      try {
        watch(never);
      } catch (IOException e) {
        failed(e);
      }
      never.tryAcquire(pause, TimeUnit.NANOSECONDS);
      pause = Math.min(2 * pause, LONGEST_PAUSE);
    }
  }

  private void watch(Semaphore never) throws IOException, InterruptedException {
    try (KubernetesClient client =
        Cluster.connect(place.client(), ServiceAccount.own(), place.userAgent())) {
      SharedIndexInformer<Pod> made =
          client
              .pods()
              .inAnyNamespace()
              .withField("spec.nodeName", place.node())
              .runnableInformer(0);
      made.exceptionHandler((_, failure) -> {
        failed(failure);
        return true;
      });
      made.addEventHandler(new Handler());
      informer = made;
      try {
        made.start()
            .whenComplete((_, failure) -> {
              if (failure == null) {
                synced = true;
                changed();
              }
            });
        never.acquire();
      } finally {
        made.stop();
        informer = null;
      }
    }
  }

  private void failed(Throwable failure) {
    String message = Problems.text(failure);
    if (!message.equals(problem)) {
      problem = message;
      log.atWarn()
          .addKeyValue("node", place.node())
          .addKeyValue("err", message)
          .log("pods of the node cannot be watched; what is known of them stays");
      changed();
    }
  }

  private void changed() {
    listeners.forEach(Runnable::run);
  }

  private void found(Pod object) {
    // Nobody asks for them, and they are the larger half of most objects.
    object.getMetadata().setManagedFields(List.of());
    NodePod pod = NodePod.of(object);
    if (!pod.equals(pods.put(key(pod), pod))) {
      changed();
    }
  }

  private void gone(NodePod pod) {
    synchronized (deleted) {
      deleted.put(key(pod), pod);
      if (deleted.size() > DELETED) {
        deleted.remove(deleted.keySet().iterator().next());
      }
    }
    pods.remove(key(pod));
    changed();
  }

  private final class Handler implements ResourceEventHandler<Pod> {
    @Override
    public void onAdd(Pod pod) {
      found(pod);
    }

    @Override
    public void onUpdate(Pod before, Pod after) {
      found(after);
    }

    @Override
    public void onDelete(Pod pod, boolean unknownState) {
      gone(NodePod.of(pod));
    }
  }
}
