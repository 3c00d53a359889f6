package dev.weir.agent.loki.tail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Which file it is while it exists; the number may later be that of another.
record FileId(long device, long inode) {
  private static final int KIND = 0170000;
  private static final int REGULAR = 0100000;

  /// A file found at a path.
  ///
  /// @param compressed whether its name says so
  /// @param modified when it was last written to, nanoseconds since 1970
  record Found(Path path, FileId id, boolean compressed, long modified) {}

  /// What is at a path now, symbolic links followed.
  ///
  /// @throws NoSuchFileException when there is nothing
  /// @throws RefusedException when it is not a regular file
  /// @throws IOException when it cannot be looked at
  static Found at(Path path) throws IOException {
    Map<String, Object> attributes =
        Files.readAttributes(path, "unix:dev,ino,mode,lastModifiedTime");
    int mode = (Integer) Objects.requireNonNull(attributes.get("mode"));
    if ((mode & KIND) != REGULAR) {
      throw new RefusedException("not a regular file: " + path);
    }
    var modified = (FileTime) Objects.requireNonNull(attributes.get("lastModifiedTime"));
    var id =
        new FileId(
            (Long) Objects.requireNonNull(attributes.get("dev")),
            (Long) Objects.requireNonNull(attributes.get("ino")));
    return new Found(path, id, path.toString().endsWith(".gz"), modified.to(TimeUnit.NANOSECONDS));
  }

  /// Opens what was found, if it is still what lies there.
  ///
  /// @throws MovedException when it is not
  static Content open(Found found, Siblings.Look look) throws IOException {
    return open(found, found.compressed() ? Compression.Format.GZ : null, look);
  }

  /// Opens what was found, decompressing it whatever its name is.
  ///
  /// @param format of compression, null for none
  static Content open(Found found, Compression.@Nullable Format format, Siblings.Look look)
      throws IOException {
    // Before and after: the number of a file that is gone may be that of the next one.
    requireThere(found, look);
    Content content = content(found.path(), format);
    try {
      requireThere(found, look);
      return content;
    } catch (IOException e) {
      content.close();
      throw e;
    }
  }

  private static void requireThere(Found found, Siblings.Look look) throws IOException {
    try {
      if (look.at(found.path()).id().equals(found.id())) {
        return;
      }
    } catch (NoSuchFileException e) {
      // Moved away.
    }
    throw new MovedException(found.path());
  }

  private static Content content(Path path, Compression.@Nullable Format format)
      throws IOException {
    try {
      return format == null ? new PlainContent(path) : new PackedContent(path, format);
    } catch (NoSuchFileException e) {
      throw new MovedException(path);
    }
  }

  /// What is there is nothing to be read.
  static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  /// Files were renamed while they were looked at; looking again will do.
  static final class MovedException extends IOException {
    private static final long serialVersionUID = 1L;

    MovedException(Path path) {
      super("renamed meanwhile: " + path);
    }
  }
}
