package dev.weir.agent.loki.wal;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/// How segments are written. One that fails stands in for it in tests.
@FunctionalInterface
interface Disk {
  /// The file system.
  Disk FILES = FileOutput::create;

  /// Makes a file that must not exist yet, which only its owner can read.
  Output create(Path file) throws IOException;

  /// A file that is written from its start to its end.
  interface Output extends Closeable {
    void write(byte[] bytes, int length) throws IOException;

    /// Returns once everything written survives a loss of power.
    void sync() throws IOException;
  }

  /// A file. No channel: those close when a thread that uses them is interrupted.
  final class FileOutput implements Output {
    private final RandomAccessFile file;

    private FileOutput(RandomAccessFile file) {
      this.file = file;
    }

    static Output create(Path path) throws IOException {
      Files.createFile(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      var output = new FileOutput(new RandomAccessFile(path.toFile(), "rw"));
      Path directory = path.getParent();
      if (directory != null) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
          channel.force(true);
        }
      }
      return output;
    }

    @Override
    public void write(byte[] bytes, int length) throws IOException {
      file.write(bytes, 0, length);
    }

    @Override
    public void sync() throws IOException {
      file.getFD().sync();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
