package dev.weir.agent.loki.tail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.zip.GZIPOutputStream;

/// Writes a log and rotates it as the Engine does, one change of the directory at a time: the
/// oldest file goes, the others move up from the highest number on, the newest one becomes the
/// first and is packed beside itself before it is deleted.
final class RotatingLog {
  private final Path log;
  private final int kept;
  private final int linesPerFile;
  private final Deque<Change> changes = new ArrayDeque<>();
  private int written;

  private interface Change {
    void make() throws IOException;
  }

  /// @param kept how many files there are at most
  RotatingLog(Path log, int kept, int linesPerFile) {
    this.log = log;
    this.kept = kept;
    this.linesPerFile = linesPerFile;
    TailHarness.append(log, "");
  }

  /// How many lines were written; they are numbered from 1 on.
  int written() {
    return written;
  }

  /// Makes changes, of which writing a line is one.
  void step(int count) {
    for (int i = 0; i < count; i++) {
      step();
    }
  }

  /// Makes changes until the next one is `name`.
  void rotate() {
    do {
      step();
    } while (!changes.isEmpty());
  }

  private void step() {
    if (changes.isEmpty()) {
      plan();
    }
    try {
      changes.remove().make();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void plan() {
    for (int i = 0; i < linesPerFile; i++) {
      changes.add(this::write);
    }
    changes.add(() -> Files.deleteIfExists(sibling(kept - 1, ".gz")));
    for (int i = kept - 2; i > 0; i--) {
      Path from = sibling(i, ".gz");
      Path to = sibling(i + 1, ".gz");
      if (i == 1 || Files.exists(sibling(i - 1, ".gz"))) {
        changes.add(() -> moveIfThere(from, to));
      }
    }
    Path first = sibling(1, "");
    changes.add(() -> TailHarness.move(log, first));
    changes.add(() -> TailHarness.append(log, ""));
    changes.add(() -> TailHarness.append(sibling(1, ".gz"), packed(first, 0, 10)));
    changes.add(() -> TailHarness.append(sibling(1, ".gz"), packed(first, 10, 1 << 20)));
    changes.add(() -> Files.delete(first));
  }

  private void write() {
    written++;
    TailHarness.append(log, TailHarness.record("line " + written + "\\n", "stdout", written % 60));
  }

  private static void moveIfThere(Path from, Path to) {
    if (Files.exists(from)) {
      TailHarness.move(from, to);
    }
  }

  private static byte[] packed(Path plain, int from, int to) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(Files.readAllBytes(plain));
    }
    byte[] all = bytes.toByteArray();
    return Arrays.copyOfRange(all, Math.min(from, all.length), Math.min(to, all.length));
  }

  private Path sibling(int number, String packed) {
    return log.resolveSibling(log.getFileName() + "." + number + packed);
  }
}
