package dev.weir.agent.kubernetes;

import dev.weir.agent.component.OwnedThread;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// Watches objects of one kind for as long as it is open: a list at first, then what changes. A
/// watch that breaks off is begun again, with a new list where the API server has forgotten the
/// place.
///
/// Thread-safe.
///
/// @param <T> what is watched
public final class ObjectWatch<T extends HasMetadata> implements AutoCloseable {
  private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(30);

  private final ClientArguments client;
  private final String userAgent;
  private final String what;
  private final Function<KubernetesClient, SharedIndexInformer<T>> informers;
  private final Objects<T> objects;
  private final Logger log;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean synced;
  private volatile @Nullable SharedIndexInformer<T> informer;
  private volatile @Nullable String problem = "no answer of the Kubernetes API server yet";
  private final OwnedThread thread;

  /// Takes what is told, on any thread, one at a time. Both say whether anything has changed that
  /// is to be seen.
  ///
  /// @param <T> what is watched
  public interface Objects<T> {
    /// There is one, new or changed.
    boolean found(T object);

    /// It is gone.
    boolean gone(T object);
  }

  /// Learns of changes, on any thread, and must not block.
  @FunctionalInterface
  public interface Listener {
    /// Something has changed.
    ///
    /// @param namespace what it is about; null when it may be about any
    void changed(@Nullable String namespace);
  }

  /// Begins.
  ///
  /// @param what is watched, for the log
  /// @param informers makes the watch, not started
  public ObjectWatch(
      ClientArguments client,
      String userAgent,
      String what,
      Function<KubernetesClient, SharedIndexInformer<T>> informers,
      Objects<T> objects,
      Logger log) {
    this.client = client;
    this.userAgent = userAgent;
    this.what = what;
    this.informers = informers;
    this.objects = objects;
    this.log = log;
    this.thread = new OwnedThread("kubernetes-" + what, this::run);
  }

  /// Tells `listener` of changes from now on.
  public void addListener(Listener listener) {
    listeners.add(listener);
  }

  /// Takes a listener back.
  public void removeListener(Listener listener) {
    listeners.remove(listener);
  }

  /// Whether every object has been told of once.
  public boolean hasSynced() {
    return synced;
  }

  /// Why nothing can be watched now, or null.
  public @Nullable String problem() {
    SharedIndexInformer<T> running = informer;
    return running != null && running.isWatching() ? null : problem;
  }

  @Override
  public void close() {
    thread.close();
  }

  private void run() throws InterruptedException {
    var never = new Semaphore(0);
    long pause = FIRST_PAUSE;
    while (true) {
      try {
        watch(never);
      } catch (IOException | RuntimeException | LinkageError e) {
        // Whatever it is, nobody would hear of it if this thread ended.
        failed(e);
      }
      never.tryAcquire(pause, TimeUnit.NANOSECONDS);
      pause = Math.min(2 * pause, LONGEST_PAUSE);
    }
  }

  private void watch(Semaphore never) throws IOException, InterruptedException {
    try (KubernetesClient connected = Cluster.connect(client, ServiceAccount.own(), userAgent)) {
      SharedIndexInformer<T> made = informers.apply(connected);
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
                problem = null;
                synced = true;
                tell(null);
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
          .addKeyValue("objects", what)
          .addKeyValue("err", message)
          .log("objects cannot be watched through the API server; what is known of them stays");
      tell(null);
    }
  }

  private void tell(@Nullable String namespace) {
    listeners.forEach(listener -> listener.changed(namespace));
  }

  private final class Handler implements ResourceEventHandler<T> {
    @Override
    public void onAdd(T object) {
      found(object);
    }

    @Override
    public void onUpdate(T before, T after) {
      found(after);
    }

    private void found(T object) {
      // Nobody asks for them, and they are the larger half of most objects.
      object.getMetadata().setManagedFields(List.of());
      problem = null;
      if (objects.found(object)) {
        tell(namespace(object));
      }
    }

    @Override
    public void onDelete(T object, boolean unknownState) {
      if (objects.gone(object)) {
        tell(namespace(object));
      }
    }

    /// The namespace that it is in, or that it is.
    private String namespace(T object) {
      String namespace = object.getMetadata().getNamespace();
      return namespace == null ? object.getMetadata().getName() : namespace;
    }
  }
}
