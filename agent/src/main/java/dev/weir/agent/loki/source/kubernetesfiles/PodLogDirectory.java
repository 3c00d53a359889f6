package dev.weir.agent.loki.source.kubernetesfiles;

import dev.weir.agent.component.OwnedThread;
import dev.weir.agent.component.Shared;
import dev.weir.agent.kubernetes.ObjectWatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The log files of all pods of a node, by a watch of the directories that every component of this
/// process shares.
///
/// Thread-safe.
final class PodLogDirectory {
  private static final Logger log = LoggerFactory.getLogger(PodLogDirectory.class);
  private static final Shared<Path, PodLogDirectory> ALL =
      new Shared<>(PodLogDirectory::new, PodLogDirectory::close);
  private static final long AGAIN = TimeUnit.SECONDS.toNanos(2);

  private final Path root;
  private final List<ObjectWatch.Listener> listeners = new CopyOnWriteArrayList<>();
  private final OwnedThread thread;
  private volatile Listing listing = new Listing(Map.of(), Set.of());
  private volatile boolean listed;
  private volatile @Nullable String problem;

  private PodLogDirectory(Path root) {
    this.root = root;
    this.thread = new OwnedThread("pod-logs", this::run);
  }

  /// The directory at a path; the first lease begins to watch it, the last one ends that.
  static Shared.Lease<PodLogDirectory> of(Path root) {
    return ALL.lease(root);
  }

  private void close() {
    thread.close();
  }

  /// Tells `listener` of changes from now on.
  void addListener(ObjectWatch.Listener listener) {
    listeners.add(listener);
  }

  /// Takes a listener back.
  void removeListener(ObjectWatch.Listener listener) {
    listeners.remove(listener);
  }

  /// The log files that there are now.
  Listing listing() {
    return listing;
  }

  /// Whether [#listing] has been made once.
  boolean isListed() {
    return listed;
  }

  /// Why the directory cannot be read now, or null.
  @Nullable String problem() {
    return problem;
  }

  private void run() throws InterruptedException {
    var never = new Semaphore(0);
    while (true) {
      try (var watch = new PodLogWatch(root)) {
        while (true) {
          show(watch.files(), watch.trouble());
          watch.await();
        }
      } catch (IOException | RuntimeException | Error e) {
        failed(e);
      }
      never.tryAcquire(AGAIN, TimeUnit.NANOSECONDS);
    }
  }

  private void show(List<PodLogFile> found, @Nullable String trouble) {
    problem = trouble;
    Listing before = listing;
    var now = Listing.of(found);
    listing = now;
    if (!listed) {
      listed = true;
      tell(null);
    } else {
      now.changedSince(before).forEach(this::tell);
    }
  }

  private void tell(@Nullable String namespace) {
    listeners.forEach(listener -> listener.changed(namespace));
  }

  private void failed(Throwable failure) {
    String message = "directory of pod logs cannot be read: " + failure;
    if (!message.equals(problem)) {
      problem = message;
      log.atError()
          .addKeyValue("path", root)
          .addKeyValue("err", failure.toString())
          .log("directory of pod logs cannot be read");
      tell(null);
    }
  }
}
