package dev.weir.agent.loki.source.docker;

import dev.weir.agent.component.OwnedThread;
import dev.weir.agent.docker.Engine;
import dev.weir.agent.docker.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// Opens the logs of containers that have just started, in the way that the arguments and this
/// machine allow. Thread-safe.
final class NewLogs implements AutoCloseable {
  private final Engine engine;
  private final ReadFrom readFrom;
  private final LogFiles files;
  private final FreshFiles fresh;
  private final Logger log;
  private @Nullable OwnedThread watching;

  NewLogs(Engine engine, ReadFrom readFrom, LogFiles files, Logger log) {
    this.engine = engine;
    this.readFrom = readFrom;
    this.files = files;
    this.fresh = new FreshFiles(files);
    this.log = log;
  }

  /// Finds out where files are, and begins to watch for new ones. Called before the first list is
  /// made, and again whenever the Engine was away.
  synchronized void prepare() throws InterruptedException {
    if (files.containers() == null) {
      try {
        files.rootDirectory(engine.rootDirectory());
      } catch (EngineException e) {
        // A proxy may not allow the question.
        log.atDebug().addKeyValue("err", e.getMessage()).log("data directory unknown");
      }
    }
    Path containers = files.containers();
    if (readFrom != ReadFrom.API
        && watching == null
        && containers != null
        && Files.isReadable(containers)) {
      watching = new OwnedThread("docker-new-files", () -> watch(containers));
    }
  }

  private void watch(Path containers) throws InterruptedException {
    try {
      fresh.run(containers);
    } catch (IOException e) {
      log.atWarn()
          .addKeyValue("directory", containers)
          .addKeyValue("err", e.toString())
          .log("directory of containers cannot be watched; the shortest-lived may be missed");
    }
  }

  /// Opens the log of a container that has just started; null when there is nothing to be opened.
  /// Does not wait.
  @Nullable Grabbed grab(String id) {
    Grabbed file = grabFile(id);
    return file == null && readFrom != ReadFrom.FILES
        ? new Grabbed.Stream(new EarlyStream(engine, id))
        : file;
  }

  /// Opens the file of a container; null when there is none that can be read.
  @Nullable Grabbed grabFile(String id) {
    return readFrom == ReadFrom.API ? null : fresh.grab(id);
  }

  /// The file of a container if it was opened when it appeared.
  @Nullable Grabbed held(String id) {
    return fresh.take(id);
  }

  /// Lets go of what nobody has asked for.
  void letGo() {
    fresh.letGo();
  }

  @Override
  public synchronized void close() {
    OwnedThread thread = watching;
    if (thread != null) {
      thread.close();
    }
  }
}
