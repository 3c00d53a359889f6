package dev.weir.agent.faults.kit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file system of its own, of a megabyte in memory, that a test can fill and write-protect. Needs
/// root.
public final class TinyDisk implements AutoCloseable {
  private final Path directory;

  private TinyDisk(Path directory) {
    this.directory = directory;
  }

  /// Mounts one over a directory.
  public static TinyDisk at(Path directory) {
    Command.requireRoot("mounts a file system");
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Command.run("mount", "-t", "tmpfs", "-o", "size=1m", "weir-test", directory.toString());
    return new TinyDisk(directory);
  }

  /// Leaves no byte free.
  public void fill() {
    try (OutputStream out = Files.newOutputStream(filler())) {
      while (true) {
        out.write(0);
      }
    } catch (IOException full) {
      // That is what was wanted.
    }
  }

  /// Frees what [#fill] took.
  public void free() {
    try {
      Files.deleteIfExists(filler());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path filler() {
    return directory.resolve("filler");
  }

  /// Protects it against writing, or no more: another one that is read-only lies over it, as files
  /// of the first are open for writing.
  public void protect(boolean on) {
    if (on) {
      Command.run("mount", "-t", "tmpfs", "-o", "ro", "weir-test", directory.toString());
    } else {
      Command.run("umount", directory.toString());
    }
  }

  @Override
  public void close() {
    Command.run("umount", "-l", directory.toString());
  }
}
