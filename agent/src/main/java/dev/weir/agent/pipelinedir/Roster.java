package dev.weir.agent.pipelinedir;

import dev.weir.agent.pipelinedir.Listing.Found;
import dev.weir.agent.pipelinedir.PipelineStatus.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The pipelines that there are: those of the last listing, and those that still drain.
///
/// A listing counts as what is wanted only when it is whole. While the directory is not there,
/// while the kubelet has not projected it (no `..data` where there was one), what runs goes on; and
/// where `head.json` was, a listing without it takes no pipeline away, because then all of its
/// sources are missing.
///
/// Thread-safe.
final class Roster {
  private static final Duration TICK = Duration.ofSeconds(1);

  private final PipelineHost host;
  private final ReentrantLock looking = new ReentrantLock();
  private final Map<String, Pipeline> byId = new TreeMap<>();
  private final List<Pipeline> leaving = new ArrayList<>();
  private @Nullable Listing last;
  private long doubtfulSince;
  private boolean projected;
  private boolean headed;
  private @Nullable Object directories;
  private volatile String revision = "";
  private volatile @Nullable String trouble = "not looked at yet";
  private volatile List<Pipeline> current = List.of();

  Roster(PipelineHost host) {
    this.host = host;
  }

  String revision() {
    return revision;
  }

  /// Why the last listing could not be used; null when it could.
  @Nullable String trouble() {
    return trouble;
  }

  /// Lists the directory and tells every pipeline what has become of its file.
  void look() {
    looking.lock();
    try {
      trouble = apply(Listing.of(host.settings().directory()));
    } catch (IOException e) {
      trouble =
          e instanceof java.nio.file.NoSuchFileException
              ? "not there: " + e.getMessage()
              : e.toString();
    } finally {
      looking.unlock();
    }
  }

  private @Nullable String apply(Listing listing) {
    if (projected && !listing.projected()) {
      return "it was projected by the kubelet and is not any more";
    }
    Listing before = last;
    boolean changed = !listing.equals(before);
    if (changed || isDoubtful()) {
      doubtfulSince = changed && !listing.projected() ? System.nanoTime() : 0;
      projected = listing.projected();
      last = listing;
      offer(listing.files(), !changed);
      if (listing.revision() != null) {
        headed = true;
        revision = listing.revision();
      }
    }
    leaving.removeIf(Pipeline::hasLeft);
    if (headed && listing.revision() == null) {
      return "it has lost its head.json";
    }
    leave(listing.files());
    return listing.files().size() > host.settings().maxFiles()
        ? "it holds more than " + host.settings().maxFiles() + " pipelines"
        : null;
  }

  /// Whether a file may have changed once more within the same tick of its clock. What the kubelet
  /// projects never changes.
  private boolean isDoubtful() {
    return doubtfulSince != 0 && System.nanoTime() - doubtfulSince > TICK.toNanos();
  }

  private void offer(Map<String, Found> files, boolean doubtful) {
    Set<String> offered = new HashSet<>();
    int count = 0;
    for (Map.Entry<String, Found> file : files.entrySet()) {
      if (++count > host.settings().maxFiles()) {
        break;
      }
      String id = PipelineFile.idOf(file.getKey());
      if (offered.add(id)) {
        // A name twice, plain and packed: the plain one comes first.
        byId.computeIfAbsent(id, key -> new Pipeline(key, host))
            .offer(file.getKey(), file.getValue(), doubtful);
      }
    }
    current = List.copyOf(byId.values());
  }

  private void leave(Map<String, Found> files) {
    Set<String> wanted = new HashSet<>();
    files.keySet().forEach(name -> wanted.add(PipelineFile.idOf(name)));
    List<Pipeline> gone =
        byId.values().stream().filter(pipeline -> !wanted.contains(pipeline.id())).toList();
    for (Pipeline pipeline : gone) {
      byId.remove(pipeline.id());
      leaving.add(pipeline);
      pipeline.leave();
    }
    if (!gone.isEmpty()) {
      current = List.copyOf(byId.values());
    }
  }

  /// All that may have something running.
  List<Pipeline> all() {
    looking.lock();
    try {
      List<Pipeline> all = new ArrayList<>(byId.values());
      all.addAll(leaving);
      return all;
    } finally {
      looking.unlock();
    }
  }

  Optional<Pipeline> find(String id) {
    return current.stream().filter(pipeline -> pipeline.id().equals(id)).findFirst();
  }

  /// Tries again all that has failed, now.
  void retry() {
    current.forEach(Pipeline::retry);
  }

  void retryIfDue(long now) {
    current.forEach(pipeline -> pipeline.retryIfDue(now));
  }

  void sample(long now, Totals totals) {
    current.forEach(pipeline -> pipeline.sample(now, totals));
  }

  /// Waits until nothing is being loaded, but not for ever.
  void awaitIdle(Duration longest) throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    for (Pipeline pipeline : current) {
      if (!pipeline.awaitIdle(deadline)) {
        return;
      }
    }
  }

  List<PipelineStatus> statuses() {
    return current.stream()
        .filter(Pipeline::hasBeenTried)
        .map(Pipeline::status)
        .sorted(Comparator.comparing(PipelineStatus::file))
        .toList();
  }

  /// Pipelines with some state; those that were not tried yet have none.
  int count(State state) {
    return (int)
        current.stream()
            .filter(Pipeline::hasBeenTried)
            .filter(pipeline -> pipeline.state() == state)
            .count();
  }

  /// Whether it is known of every pipeline which state on disk it owns.
  boolean knowsAllUids() {
    return trouble == null && current.stream().allMatch(pipeline -> pipeline.module() != null);
  }

  /// Whether the directories are the same ones as when this was last asked; a watch ends with the
  /// directory that it watches.
  boolean sameDirectories() {
    Object now = List.of(key(host.settings().directory()), key(host.settings().secrets()));
    boolean same = Objects.equals(now, directories);
    directories = now;
    return same;
  }

  private static Object key(Path directory) {
    try {
      Object key = Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
      return key == null ? "" : key;
    } catch (IOException e) {
      return "";
    }
  }
}
