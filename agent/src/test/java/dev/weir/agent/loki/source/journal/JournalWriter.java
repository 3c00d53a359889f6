package dev.weir.agent.loki.source.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// Writes real journal files with the program of systemd that receives journals of other machines.
final class JournalWriter {
  private static final Path PROGRAM =
      Stream.of(
              Path.of("/usr/lib/systemd/systemd-journal-remote"),
              Path.of("/lib/systemd/systemd-journal-remote"))
          .filter(Files::isExecutable)
          .findFirst()
          .orElse(Path.of("systemd-journal-remote"));

  private final Path file;

  /// @param file to be written; made when it is not there
  JournalWriter(Path file) {
    this.file = file;
  }

  /// Skips a test where the program is not installed; in continuous integration that is a failure.
  static void needed() {
    boolean there = Files.isExecutable(PROGRAM);
    if (!there && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("systemd-journal-remote is not installed");
    }
    Assumptions.assumeTrue(there, "systemd-journal-remote is not installed");
  }

  /// Adds entries, one microsecond apart.
  ///
  /// @param microseconds of the first, since 1970
  void write(long microseconds, List<Map<String, String>> entries)
      throws IOException, InterruptedException {
    var export = new ByteArrayOutputStream();
    long time = microseconds;
    for (Map<String, String> entry : entries) {
      line(export, "__REALTIME_TIMESTAMP=" + time);
      line(export, "__MONOTONIC_TIMESTAMP=" + time);
      line(export, "_BOOT_ID=11111111111111111111111111111111");
      for (Map.Entry<String, String> field : new TreeMap<>(entry).entrySet()) {
        field(export, field.getKey(), field.getValue().getBytes(StandardCharsets.ISO_8859_1));
      }
      export.write('\n');
      time++;
    }
    Process process =
        new ProcessBuilder(PROGRAM.toString(), "-o", file.toString(), "-")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (OutputStream in = process.getOutputStream()) {
      export.writeTo(in);
    }
    if (process.waitFor() != 0) {
      throw new IOException("systemd-journal-remote failed");
    }
  }

  /// Adds messages.
  void messages(long microseconds, String... messages) throws IOException, InterruptedException {
    write(microseconds, Arrays.stream(messages).map(text -> Map.of("MESSAGE", text)).toList());
  }

  private static void line(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    out.write('\n');
  }

  private static void field(ByteArrayOutputStream out, String name, byte[] value) {
    line(out, name);
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      out.write((int) ((long) value.length >>> shift) & 0xFF);
    }
    out.writeBytes(value);
    out.write('\n');
  }
}
