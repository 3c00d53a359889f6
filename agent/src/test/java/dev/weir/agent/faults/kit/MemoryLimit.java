package dev.weir.agent.faults.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A control group with a limit of memory, of either version. Needs root.
public final class MemoryLimit implements AutoCloseable {
  private static final Path FIRST = Path.of("/sys/fs/cgroup/memory");
  private static final Path SECOND = Path.of("/sys/fs/cgroup");

  private final Path group;

  private MemoryLimit(Path group) {
    this.group = group;
  }

  /// Makes a group.
  public static MemoryLimit of(String name, long bytes) {
    Command.requireRoot("makes a control group");
    boolean first = Files.isDirectory(FIRST);
    Path group = (first ? FIRST : SECOND).resolve(name);
    try {
      Files.createDirectories(group);
      Path limit = group.resolve(first ? "memory.limit_in_bytes" : "memory.max");
      if (!Files.exists(limit)) {
        throw new IllegalStateException("no control group with memory can be made at " + group);
      }
      Files.writeString(limit, Long.toString(bytes));
      return new MemoryLimit(group);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What runs a command within it, for [AgentProcess#prefix].
  public String[] prefix() {
    return new String[] {
      "sh", "-c", "echo $$ >" + group.resolve("cgroup.procs") + " && exec \"$@\"", "sh"
    };
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(group);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
