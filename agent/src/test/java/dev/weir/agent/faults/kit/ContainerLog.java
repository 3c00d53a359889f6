package dev.weir.agent.faults.kit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

/// A log as Docker's `json-file` driver writes it: lines cut at 16 KiB, renamed when it has grown
/// too large, a few generations kept.
///
/// One thread writes.
public final class ContainerLog implements AutoCloseable {
  private final Path path;
  private final long maxBytes;
  private final int maxFiles;
  private volatile InstantSource clock = InstantSource.system();
  private final AtomicInteger rotations = new AtomicInteger();
  private OutputStream out;
  private long size;
  private Instant last = Instant.EPOCH;

  /// @param maxBytes beyond which the file is rotated before the next record
  /// @param maxFiles kept, this one included
  public ContainerLog(Path path, long maxBytes, int maxFiles) {
    this.path = path;
    this.maxBytes = maxBytes;
    this.maxFiles = maxFiles;
    try {
      Files.createDirectories(path.getParent());
      this.out = open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// One that is never rotated.
  public static ContainerLog unlimited(Path path) {
    return new ContainerLog(path, Long.MAX_VALUE, 1);
  }

  /// Writes what comes next with the times of another clock.
  public ContainerLog clock(InstantSource other) {
    clock = other;
    return this;
  }

  public Path path() {
    return path;
  }

  /// How often it was rotated.
  public int rotations() {
    return rotations.get();
  }

  /// Writes a line to standard output.
  public void write(String line) {
    write(line, "stdout");
  }

  /// Writes a line to one of the streams, in as many records as Docker would.
  public void write(String line, String stream) {
    byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
    int at = 0;
    while (bytes.length - at >= NumberedLines.UNIT) {
      record(text(bytes, at, NumberedLines.UNIT), stream);
      at += NumberedLines.UNIT;
    }
    record(text(bytes, at, bytes.length - at) + "\\n", stream);
  }

  private static String text(byte[] bytes, int from, int length) {
    return new String(bytes, from, length, StandardCharsets.ISO_8859_1)
        .replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\t", "\\t")
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026");
  }

  private void record(String text, String stream) {
    try {
      if (size >= maxBytes) {
        rotate();
      }
      byte[] record =
          "{\"log\":\"%s\",\"stream\":\"%s\",\"time\":\"%s\"}\n"
              .formatted(text, stream, now())
              .getBytes(StandardCharsets.UTF_8);
      out.write(record);
      size += record.length;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Later than the time before, as lines of one nanosecond would be told apart by text alone.
  private Instant now() {
    Instant now = clock.instant();
    last = now.isAfter(last) ? now : last.plusNanos(1);
    return last;
  }

  private OutputStream open() throws IOException {
    return Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void rotate() throws IOException {
    out.close();
    for (int i = maxFiles - 1; i > 1; i--) {
      Path from = sibling(i - 1);
      if (Files.exists(from)) {
        Files.move(from, sibling(i), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (maxFiles > 1) {
      Files.move(path, sibling(1), StandardCopyOption.REPLACE_EXISTING);
    } else {
      Files.delete(path);
    }
    out = open();
    size = 0;
    rotations.incrementAndGet();
  }

  private Path sibling(int number) {
    return path.resolveSibling(path.getFileName() + "." + number);
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
