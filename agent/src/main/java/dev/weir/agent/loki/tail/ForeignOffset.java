package dev.weir.agent.loki.tail;

import dev.weir.agent.loki.positions.FileMark;
import dev.weir.agent.loki.positions.FilePosition;
import dev.weir.agent.loki.tail.FileId.Found;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A position made of what other agents know: a path and how many bytes were read there.
public final class ForeignOffset {
  private ForeignOffset() {}

  /// The position, as if the files that are there now had been read to that place by this agent.
  ///
  /// A file that is shorter has been rotated since: then the youngest of its older generations that
  /// is long enough is the one that was read.
  ///
  /// @param offset bytes, of the decompressed content where the file is an archive
  /// @param compression of the file if it is an archive
  /// @return empty when there is no such file
  public static Optional<FilePosition> position(
      Path path, long offset, @Nullable Compression compression) throws IOException {
    Rotation rotation = compression == null ? Rotation.SIBLINGS : Rotation.NONE;
    for (Found found : new Siblings(path, Roots.ANYWHERE::at).list(rotation)) {
      boolean isNewest = found.path().equals(path);
      if (!isNewest && offset == 0) {
        break;
      }
      try (Content content =
          compression == null
              ? FileId.open(found, Roots.ANYWHERE::at)
              : FileId.open(found, compression.format(), Roots.ANYWHERE::at)) {
        if (content.size() >= offset) {
          return Optional.of(new FilePosition(List.of(mark(found, content, offset))));
        }
      }
    }
    return Optional.empty();
  }

  private static FileMark mark(Found found, Content content, long offset) throws IOException {
    byte[] scratch = new byte[Generation.HEAD_LENGTH];
    var generation = new Generation(found.id(), content, found.modified());
    generation.learnHead(scratch);
    return new FileMark(
        found.id().device(),
        found.id().inode(),
        generation.head(),
        FileMark.Slice.NONE,
        offset,
        offset,
        offset,
        found.modified(),
        false);
  }
}
