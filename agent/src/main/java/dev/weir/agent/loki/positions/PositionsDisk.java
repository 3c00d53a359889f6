package dev.weir.agent.loki.positions;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The files of one set of positions: the current one, the one before, and the lock.
///
/// Whenever the process or machine dies, the current file is there whole, old or new: the new one
/// is complete and on disk before a rename puts it in place, and the old one gets its second name
/// before it loses its first.
public final class PositionsDisk implements AutoCloseable {
  private final Path current;
  private final Path previous;
  private final Path next;
  private final Path damaged;
  private final FileChannel lock;

  /// Makes the directory where it is missing and locks the file.
  public PositionsDisk(Path file) throws IOException {
    current = file.toAbsolutePath();
    previous = sibling(".previous");
    next = sibling(".new");
    damaged = sibling(".damaged");
    Files.createDirectories(
        directory(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
    lock = lock(sibling(".lock"));
  }

  public Path current() {
    return current;
  }

  public Path previous() {
    return previous;
  }

  /// Puts content in place of the current file, which becomes the previous one.
  public void replace(byte[] content) throws IOException {
    Files.deleteIfExists(next);
    try (FileChannel channel = create(next)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    if (Files.exists(current, LinkOption.NOFOLLOW_LINKS)) {
      keepAsPrevious();
    }
    Files.move(next, current, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel channel = FileChannel.open(directory(), StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private void keepAsPrevious() throws IOException {
    Files.deleteIfExists(previous);
    try {
      Files.createLink(previous, current);
    } catch (UnsupportedOperationException | IOException e) {
      Files.copy(current, previous, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /// Puts a damaged current file aside, so that it is neither lost nor taken for the previous one.
  Path putAside() throws IOException {
    return Files.move(current, damaged, StandardCopyOption.REPLACE_EXISTING);
  }

  /// The content of a file, or null when there is none.
  public static byte @Nullable [] read(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  private static FileChannel lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      FileLock held = channel.tryLock();
      if (held != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // By this process itself: the same as by another.
    }
    channel.close();
    throw new IOException("positions are in use by another agent or component: " + file);
  }

  private static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private Path directory() {
    Path parent = current.getParent();
    return parent == null ? current : parent;
  }

  private Path sibling(String suffix) {
    return current.resolveSibling(current.getFileName() + suffix);
  }
}
