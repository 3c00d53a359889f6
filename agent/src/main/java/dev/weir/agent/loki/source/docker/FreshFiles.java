package dev.weir.agent.loki.source.docker;

import dev.weir.agent.loki.tail.EarlyFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Opens the log files of new containers the moment they appear on disk, which is before the
/// container's first instruction, and holds them until it is known what for.
///
/// A container that lives for milliseconds takes its log with it when it is removed, perhaps before
/// the Engine has told of its start; whoever holds its file open can read it all the same. Files
/// that nobody asks for are let go of after a minute.
///
/// [#run] belongs to one thread; the rest may be called by any.
final class FreshFiles {
  private static final int MOST = 256;
  private static final long HELD = TimeUnit.SECONDS.toNanos(60);

  private final LogFiles files;
  private final Map<String, Held> held = new LinkedHashMap<>();

  // Of the thread that runs it.
  private final Map<WatchKey, Watched> watched = new HashMap<>();

  private record Held(Grabbed.File file, long since) {}

  /// @param id of the container whose directory it is; empty for the directory of all
  private record Watched(Path directory, String id) {}

  FreshFiles(LogFiles files) {
    this.files = files;
  }

  /// Watches until interrupted.
  ///
  /// @throws IOException when the directory cannot be watched; files are then opened when the
  ///   Engine tells of a start
  void run(Path containers) throws IOException, InterruptedException {
    try (WatchService service = containers.getFileSystem().newWatchService()) {
      watch(service, containers, "");
      lookAtAll(service, containers);
      while (true) {
        handle(service, service.take(), containers);
      }
    } finally {
      watched.clear();
      close();
    }
  }

  private void watch(WatchService service, Path directory, String id) throws IOException {
    WatchKey key = directory.register(service, StandardWatchEventKinds.ENTRY_CREATE);
    watched.put(key, new Watched(directory, id));
  }

  /// Containers that were made but not started have no log file yet.
  private void lookAtAll(WatchService service, Path containers) throws IOException {
    try (DirectoryStream<Path> directories = Files.newDirectoryStream(containers)) {
      for (Path directory : directories) {
        if (files.existing(name(directory)).isEmpty()) {
          come(service, directory, name(directory));
        }
      }
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private void handle(WatchService service, WatchKey key, Path containers) throws IOException {
    Watched where = watched.get(key);
    if (where == null) {
      return;
    }
    for (WatchEvent<?> event : key.pollEvents()) {
      if (event.kind().equals(StandardWatchEventKinds.OVERFLOW)) {
        lookAtAll(service, containers);
      } else if (event.context() instanceof Path name) {
        come(service, where, name);
      }
    }
    if (!where.id().isEmpty()) {
      look(where.id());
    }
    if (!key.reset()) {
      watched.remove(key);
    }
  }

  /// Something was made in a directory.
  private void come(WatchService service, Watched where, Path name) {
    Path made = where.directory().resolve(name);
    if (where.id().isEmpty()) {
      come(service, made, name.toString());
    } else if (name.endsWith(LogFile.LOCAL_DIRECTORY)) {
      come(service, made, where.id());
    }
  }

  private void come(WatchService service, Path directory, String id) {
    try {
      watch(service, directory, id);
      Path inner = directory.resolve(LogFile.LOCAL_DIRECTORY);
      if (!look(id) && Files.isDirectory(inner)) {
        come(service, inner, id);
      }
    } catch (IOException e) {
      // No directory, gone already, or one too many: the Engine's events are left to go by.
    }
  }

  private boolean look(String id) {
    boolean opened = open(id) != null;
    if (opened) {
      watched
          .entrySet()
          .removeIf(entry -> {
            boolean done = entry.getValue().id().equals(id);
            if (done) {
              entry.getKey().cancel();
            }
            return done;
          });
    }
    return opened;
  }

  private @Nullable Held open(String id) {
    Optional<LogFile> file = files.existing(id);
    if (file.isEmpty()) {
      return null;
    }
    synchronized (held) {
      Held known = held.get(id);
      if (known != null) {
        return known;
      }
      try {
        var opened = new Grabbed.File(file.get(), EarlyFile.open(file.get().path()));
        var made = new Held(opened, System.nanoTime());
        held.put(id, made);
        letGo();
        return made;
      } catch (IOException e) {
        return null;
      }
    }
  }

  /// Gives a container's file to the caller, if it is held.
  @Nullable Grabbed take(String id) {
    synchronized (held) {
      Held taken = held.remove(id);
      return taken == null ? null : taken.file();
    }
  }

  /// The same, but opens it if that was not done yet; null when there is none to be opened.
  @Nullable Grabbed grab(String id) {
    synchronized (held) {
      open(id);
      return take(id);
    }
  }

  /// Lets go of what nobody has asked for.
  void letGo() {
    long now = System.nanoTime();
    synchronized (held) {
      Iterator<Held> oldest = held.values().iterator();
      while (oldest.hasNext()) {
        Held file = oldest.next();
        if (held.size() <= MOST && now - file.since() < HELD) {
          return;
        }
        oldest.remove();
        file.file().close();
      }
    }
  }

  private void close() {
    synchronized (held) {
      held.values().forEach(file -> file.file().close());
      held.clear();
    }
  }
}
