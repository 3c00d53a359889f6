package dev.weir.agent.local;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Waits for something to happen in directories. Where that cannot be watched, only time passes:
/// whoever waits looks at its files at the end of every wait.
///
/// [#await] is called by one thread, [#wake] by any.
public final class FileChanges implements AutoCloseable {
  /// Changes come in bursts: a file is made, written, renamed.
  private static final long SETTLE_MILLIS = 10;

  private final @Nullable WatchService watch;
  private final Semaphore woken = new Semaphore(0);

  private FileChanges(@Nullable WatchService watch) {
    this.watch = watch;
  }

  /// Watches directories; those that are not there are left out.
  public static FileChanges in(Collection<Path> directories) {
    WatchService watch;
    try {
      watch = FileSystems.getDefault().newWatchService();
    } catch (IOException | UnsupportedOperationException e) {
      return new FileChanges(null);
    }
    for (Path directory : directories) {
      try {
        directory.register(
            watch,
            StandardWatchEventKinds.ENTRY_CREATE,
            StandardWatchEventKinds.ENTRY_MODIFY,
            StandardWatchEventKinds.ENTRY_DELETE);
      } catch (IOException e) {
        // Not there, or no watches left: looked at when the time is over.
      }
    }
    return new FileChanges(watch);
  }

  /// Watches nothing.
  public static FileChanges none() {
    return new FileChanges(null);
  }

  /// Waits until something has changed, somebody wakes it, or the time is over.
  public void await(Duration longest) throws InterruptedException {
    if (watch == null) {
      if (woken.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
        woken.drainPermits();
      }
      return;
    }
    try {
      WatchKey key = watch.poll(longest.toMillis(), TimeUnit.MILLISECONDS);
      while (key != null) {
        key.pollEvents();
        key.reset();
        key = watch.poll(SETTLE_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (ClosedWatchServiceException e) {
      // Woken.
    }
  }

  /// Ends a wait and all that follow: whoever waits starts anew with other directories.
  public void wake() {
    woken.release();
    close();
  }

  @Override
  public void close() {
    if (watch != null) {
      try {
        watch.close();
      } catch (IOException e) {
        // Nothing is kept open by this.
      }
    }
  }
}
