package dev.weir.agent.loki.source.kubernetesfiles;

import dev.weir.agent.loki.source.kubernetesfiles.PodLogFile.PodName;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches the directories of pods and containers, and lists their log files. Belongs to one
/// thread.
final class PodLogWatch implements AutoCloseable {
  /// All is looked at anew from time to time: a watch may miss what a network file system does.
  private static final long SLOW = TimeUnit.SECONDS.toNanos(30);

  /// So often, where there are too many directories to be watched.
  private static final long FAST = TimeUnit.SECONDS.toNanos(1);

  private static final Path HERE = Path.of("");
  private static final Logger log = LoggerFactory.getLogger(PodLogWatch.class);

  /// Opens a service for the file system of a directory.
  interface Opening {
    WatchService open(Path directory) throws IOException;
  }

  private final Path root;

  /// Null where the system allows no more of them: then all is looked at every second.
  private final @Nullable WatchService service;

  private final Map<WatchKey, Path> watched = new HashMap<>();
  private final Map<Path, WatchKey> keys = new HashMap<>();
  private final Map<Path, List<PodLogFile>> files = new TreeMap<>();
  private final Semaphore never = new Semaphore(0);
  private boolean blind;
  private @Nullable String trouble;

  /// Begins to watch, and looks at everything.
  ///
  /// @throws IOException when the directory cannot be read
  PodLogWatch(Path root) throws IOException {
    this(root, directory -> directory.getFileSystem().newWatchService());
  }

  PodLogWatch(Path root, Opening opening) throws IOException {
    this.root = root;
    this.service = service(opening);
    try {
      lookAtAll();
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private @Nullable WatchService service(Opening opening) {
    try {
      return opening.open(root);
    } catch (IOException e) {
      log.atWarn()
          .addKeyValue("path", root)
          .addKeyValue("err", e.toString())
          .log("directories cannot be watched; they are looked at every second");
      return null;
    }
  }

  /// The log files of all containers.
  List<PodLogFile> files() {
    return files.values().stream().flatMap(List::stream).toList();
  }

  /// What could not be looked at when all was, or null.
  @Nullable String trouble() {
    return trouble;
  }

  /// Waits for a change, or until it is time to look at everything again.
  ///
  /// @throws IOException when the directory cannot be read any more
  void await() throws IOException, InterruptedException {
    WatchService events = service;
    if (events == null) {
      boolean _ = never.tryAcquire(FAST, TimeUnit.NANOSECONDS);
      lookAtAll();
      return;
    }
    WatchKey key = events.poll(blind ? FAST : SLOW, TimeUnit.NANOSECONDS);
    if (key == null) {
      lookAtAll();
    }
    while (key != null) {
      handle(key);
      key = events.poll();
    }
  }

  private void handle(WatchKey key) throws IOException {
    Path directory = watched.get(key);
    boolean overflow = false;
    for (WatchEvent<?> event : key.pollEvents()) {
      overflow |= event.kind().equals(StandardWatchEventKinds.OVERFLOW);
    }
    if (!key.reset()) {
      forget(key);
    }
    if (overflow || root.equals(directory)) {
      lookAtAll();
    } else if (directory != null) {
      Path parent = directory.getParent();
      if (root.equals(parent)) {
        lookAtPod(directory);
      } else if (parent != null) {
        lookAtContainer(parent, directory);
      }
    }
  }

  private void lookAtAll() throws IOException {
    blind = false;
    trouble = null;
    watch(root);
    Set<Path> pods = new HashSet<>(list(root));
    for (Path pod : pods) {
      lookAtPod(pod);
    }
    files.keySet().removeIf(directory -> !pods.contains(parent(directory)));
  }

  private void lookAtPod(Path pod) throws IOException {
    if (PodLogFile.podName(name(pod)) == null) {
      return;
    }
    Set<Path> containers = new HashSet<>();
    try {
      watch(pod);
      containers.addAll(list(pod));
      for (Path container : containers) {
        lookAtContainer(pod, container);
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      // It has just gone, or is a file that somebody has put there.
    } catch (IOException e) {
      trouble = "cannot be read: " + e;
    }
    files
        .keySet()
        .removeIf(directory -> pod.equals(parent(directory)) && !containers.contains(directory));
  }

  private void lookAtContainer(Path pod, Path container) throws IOException {
    PodName name = PodLogFile.podName(name(pod));
    if (name == null) {
      return;
    }
    List<PodLogFile> found = new ArrayList<>();
    try {
      watch(container);
      for (Path path : list(container)) {
        PodLogFile file = PodLogFile.of(name, name(container), path);
        if (file != null) {
          found.add(file);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      // As above.
    } catch (IOException e) {
      trouble = "cannot be read: " + e;
    }
    found.sort(Comparator.comparingInt(PodLogFile::restarts));
    if (found.isEmpty()) {
      files.remove(container);
    } else {
      files.put(container, found);
    }
  }

  /// Watching comes before looking, so that nothing is missed in between.
  private void watch(Path directory) throws IOException {
    WatchKey known = keys.get(directory);
    WatchService events = service;
    if (known != null && known.isValid()) {
      return;
    }
    if (!Files.isDirectory(directory)) {
      throw new NotDirectoryException(directory.toString());
    }
    if (events == null) {
      return;
    }
    try {
      WatchKey key =
          directory.register(
              events, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE);
      watched.put(key, directory);
      keys.put(directory, key);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      // The system allows no more watches.
      blind = true;
    }
  }

  private void forget(WatchKey key) {
    Path directory = watched.remove(key);
    if (directory != null) {
      keys.remove(directory, key);
    }
  }

  private static List<Path> list(Path directory) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(found::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return found;
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private static Path parent(Path path) {
    @Nullable Path parent = path.getParent();
    return parent == null ? HERE : parent;
  }

  @Override
  public void close() throws IOException {
    if (service != null) {
      service.close();
    }
  }
}
