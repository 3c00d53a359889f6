package dev.weir.agent.loki.write;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyLoader;

/// Snappy's block format, as Loki takes it: by the native library where it can be loaded, else in
/// Java.
///
/// The library must first be unpacked to a file. Where the temporary directory is read-only, as in
/// a hardened container, it goes to the agent's storage.
///
/// Thread-safe.
final class SnappyBlocks {
  private final Path storage;
  private final Logger log;
  private @Nullable Boolean isNative;

  SnappyBlocks(Path storage, Logger log) {
    this.storage = storage;
    this.log = log;
  }

  /// An upper bound of the compressed size.
  int maxCompressedLength(int length) {
    return 32 + length + length / 6;
  }

  /// Compresses the first `length` bytes of `from` into `to`; returns the compressed length.
  int compress(byte[] from, int length, byte[] to) {
    if (!isNative()) {
      return JavaSnappy.compress(from, length, to);
    }
    try {
      return Snappy.compress(from, 0, length, to, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Restores what was compressed into the first `length` bytes of `from`.
  byte[] uncompress(byte[] from, int length) {
    // Rare, and of our own making: needs no library.
    return JavaSnappy.uncompress(from, length);
  }

  private synchronized boolean isNative() {
    Boolean known = isNative;
    if (known == null) {
      known = load();
      isNative = known;
    }
    return known;
  }

  private boolean load() {
    try {
      chooseDirectory();
      var out = new byte[64];
      return Snappy.compress(new byte[16], 0, 16, out, 0) > 0;
    } catch (IOException | LinkageError | RuntimeException e) {
      warn(e);
    } catch (Error e) {
      if (!e.getClass().getName().startsWith("org.xerial.snappy.")) {
        throw e;
      }
      warn(e);
    }
    return false;
  }

  private void warn(Throwable e) {
    log.atWarn()
        .addKeyValue("error", e)
        .log("the snappy library cannot be loaded, compressing in Java");
  }

  private void chooseDirectory() throws IOException {
    boolean chosen =
        System.getProperty(SnappyLoader.KEY_SNAPPY_TEMPDIR) != null
            || System.getProperty(SnappyLoader.KEY_SNAPPY_LIB_PATH) != null;
    String temporary = System.getProperty("java.io.tmpdir");
    if (chosen || (temporary != null && Files.isWritable(Path.of(temporary)))) {
      return;
    }
    Path directory = Files.createDirectories(storage.resolve("native"));
    removeLeftovers(directory);
    System.setProperty(SnappyLoader.KEY_SNAPPY_TEMPDIR, directory.toString());
  }

  /// Every start unpacks a file of its own, and one that is killed leaves it behind.
  private static void removeLeftovers(Path directory) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "snappy-*")) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }
}
