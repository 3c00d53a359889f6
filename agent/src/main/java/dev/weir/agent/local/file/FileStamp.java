package dev.weir.agent.local.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Tells at the cost of one look whether a file is still the same. Not thread-safe.
final class FileStamp {
  private @Nullable Stamp last;
  private boolean sure;

  private record Stamp(@Nullable Object key, FileTime modified, long size) {}

  /// Whether the file may have changed since this was last asked: what has only just changed is
  /// looked at twice, for it may do so again within a tick of its clock.
  boolean hasChanged(Path file) {
    Stamp now = null;
    try {
      BasicFileAttributes read = Files.readAttributes(file, BasicFileAttributes.class);
      now = new Stamp(read.fileKey(), read.lastModifiedTime(), read.size());
    } catch (IOException e) {
      // Whoever reads it will tell.
    }
    boolean same = now != null && Objects.equals(now, last);
    boolean unchanged = same && sure;
    sure = same;
    last = now;
    return !unchanged;
  }
}
