package dev.weir.agent.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Docker json-file logs made from a seed: 60 % web server lines with escaped quotes, 30 % logfmt,
/// 10 % JSON, one line in ten on stderr. Each line says its number.
final class Corpus {
  private static final long NANOS_PER_LINE = 40_000;

  private final Random random;
  private final Instant start;

  Corpus(long seed, Instant start) {
    this.random = new Random(seed);
    this.start = start;
  }

  /// Writes `lines` lines spread over `files` files.
  List<Path> write(Path directory, int files, long lines) throws IOException {
    Files.createDirectories(directory);
    List<Path> written = new ArrayList<>();
    for (int file = 0; file < files; file++) {
      Path path = directory.resolve("container-%03d-json.log".formatted(file));
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 20)) {
        for (long number = file; number < lines; number += files) {
          out.write(line(number).getBytes(StandardCharsets.UTF_8));
        }
      }
      written.add(path);
    }
    return written;
  }

  /// One line with its envelope and newline.
  String line(long number) {
    return line(number, start.plusNanos(number * NANOS_PER_LINE));
  }

  /// One line that was written at a given time.
  String line(long number, Instant time) {
    return "{\"log\":\""
        + text(number)
        + "\\n\",\"stream\":\""
        + (number % 10 == 7 ? "stderr" : "stdout")
        + "\",\"time\":\""
        + time
        + "\"}\n";
  }

  private String text(long number) {
    int kind = random.nextInt(10);
    if (kind < 6) {
      return ("10.%d.%d.%d - - [22/Nov/2026:10:%02d:%02d +0000] \\\"GET /catalog/items/%d?ref=%08x"
              + " HTTP/1.1\\\" %d %d \\\"https://shop.example/list\\\" \\\"Mozilla/5.0 (X11; Linux"
              + " x86_64)\\\" seq=%d")
          .formatted(
              random.nextInt(256),
              random.nextInt(256),
              random.nextInt(256),
              random.nextInt(60),
              random.nextInt(60),
              random.nextInt(100_000),
              random.nextInt(),
              random.nextInt(10) == 0 ? 404 : 200,
              random.nextInt(50_000),
              number);
    }
    if (kind < 9) {
      return ("level=info ts=%s caller=handler.go:%d msg=\\\"request served\\\" method=GET"
              + " path=/api/v1/orders/%d status=200 duration=%dms trace=%016x seq=%d")
          .formatted(
              start,
              random.nextInt(400),
              random.nextInt(1_000_000),
              random.nextInt(900),
              random.nextLong(),
              number);
    }
    return "{\\\"level\\\":\\\"warn\\\",\\\"msg\\\":\\\"slow query\\\",\\\"ms\\\":%d,\\\"rows\\\":%d,\\\"seq\\\":%d}"
        .formatted(random.nextInt(5000), random.nextInt(90_000), number);
  }
}
