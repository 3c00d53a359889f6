package dev.weir.agent.loki.tail;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

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
    return open(path, Roots.ANYWHERE::at);
  }

  static EarlyFile open(Path path, Siblings.Look look) throws IOException {
    FileId.Found before = look.at(path);
    Content content = new PlainContent(path);
    try {
      List<FileId.Found> there = new Siblings(path, look).list(Rotation.NUMBERED);
      if (there.isEmpty()) {
        // Deleted right after it was opened: it is held, and what may come to the path is another.
        return new EarlyFile(new Generation(DELETED, content, before.modified()));
      }
      FileId.Found newest = there.getFirst();
      if (there.size() > 1 || !newest.path().equals(path) || !newest.id().equals(before.id())) {
        throw new IOException("rotated already: " + path);
      }
      return new EarlyFile(new Generation(newest.id(), content, newest.modified()));
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
