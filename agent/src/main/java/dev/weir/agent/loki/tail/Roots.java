package dev.weir.agent.loki.tail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where the files may lie that paths lead to, symbolic links followed.
///
/// Who writes a log can put a link in its place. What a path leads to is asked for each time that
/// it is looked at, so that a file is not opened again once there is such a link. What the kernel
/// makes up, below `/proc` and `/sys`, is no log wherever a path comes from.
///
/// Thread-safe.
public final class Roots {
  /// Anywhere: who may write where the configuration points to is trusted.
  public static final Roots ANYWHERE = new Roots("", _ -> true);

  private static final Set<Object> KERNEL = devices("/proc", "/sys");

  /// Files that one tail has at a time.
  private static final int KNOWN = 64;

  private final String name;
  private final Predicate<Path> allowed;
  private final Set<FileId> known = ConcurrentHashMap.newKeySet();

  private Roots(String name, Predicate<Path> allowed) {
    this.name = name;
    this.allowed = allowed;
  }

  /// Only where it is allowed.
  ///
  /// @param name of what paths must not lead out of, for messages
  /// @param allowed told of real paths
  public static Roots within(String name, Predicate<Path> allowed) {
    return new Roots(name, allowed);
  }

  /// What is at a path now, as [FileId#at].
  ///
  /// @throws FileId.RefusedException also when it lies where it may not
  FileId.Found at(Path path) throws IOException {
    FileId.Found found = FileId.at(path);
    if (KERNEL.contains(found.id().device())) {
      throw new FileId.RefusedException("not a file on a disk: " + path);
    }
    if (this != ANYWHERE && !known.contains(found.id())) {
      if (!allowed.test(path.toRealPath())) {
        throw new FileId.RefusedException("link leads out of " + name + ": " + path);
      }
      if (known.size() >= KNOWN) {
        known.clear();
      }
      known.add(found.id());
    }
    return found;
  }

  /// Whether a real path lies below a directory, wherever that lies itself.
  public static boolean isBelow(Path real, Path directory) {
    try {
      return real.startsWith(directory.toRealPath());
    } catch (IOException e) {
      // It has just gone: nothing lies below it.
      return false;
    }
  }

  private static Set<Object> devices(String... mounts) {
    return Stream.of(mounts).flatMap(Roots::device).collect(Collectors.toUnmodifiableSet());
  }

  private static Stream<Object> device(String mount) {
    try {
      return Stream.of(Files.getAttribute(Path.of(mount), "unix:dev"));
    } catch (IOException e) {
      return Stream.empty();
    }
  }
}
