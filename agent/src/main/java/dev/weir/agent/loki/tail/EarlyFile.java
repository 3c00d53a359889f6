package dev.weir.agent.loki.tail;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// A file that was opened before it was known what for, so that its content outlives its deletion.
/// It is the first of its generations, so that whatever is found later came after it.
///
/// Belongs to whoever opened it, until it is given to [TailEngine#open] or closed.
public final class EarlyFile implements AutoCloseable {
  private static final FileId DELETED = new FileId(-1, -1);

  private final Generation generation;

  private EarlyFile(Generation generation) {
    this.generation = generation;
  }

  /// Opens a file that was not rotated yet.
  ///
  /// @throws NoSuchFileException when there is none, or none any more
  /// @throws IOException when it has older generations, or cannot be read
  public static EarlyFile open(Path path) throws IOException {
    FileId.Found before = FileId.at(path);
    Content content = new PlainContent(path);
    try {
      if (Siblings.of(path, Rotation.NUMBERED).size() > 1) {
        throw new IOException("rotated already: " + path);
      }
      FileId.Found after = FileId.at(path);
      if (!after.id().equals(before.id())) {
        throw new FileId.MovedException(path);
      }
      return new EarlyFile(new Generation(after.id(), content, after.modified()));
    } catch (NoSuchFileException e) {
      // Deleted right after it was opened: it is held, and what may come to the path is another.
      return new EarlyFile(new Generation(DELETED, content, before.modified()));
    } catch (IOException e) {
      content.close();
      throw e;
    }
  }

  Generation generation() {
    return generation;
  }

  @Override
  public void close() {
    try {
      generation.close();
    } catch (IOException e) {
      // It was only read from: nothing is lost by it.
    }
  }
}
