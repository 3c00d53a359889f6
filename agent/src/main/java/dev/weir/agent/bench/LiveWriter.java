package dev.weir.agent.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Appends lines to container logs at a steady rate, a burst every ten milliseconds.
final class LiveWriter {
  private static final int BURST_MILLISECONDS = 10;

  private final List<Path> paths = new ArrayList<>();
  private final Corpus corpus;
  private final InstantSource clock;
  private volatile long written;

  LiveWriter(Path directory, int files, InstantSource clock) throws IOException {
    Files.createDirectories(directory);
    for (int i = 0; i < files; i++) {
      paths.add(Files.createFile(directory.resolve("container-%03d-json.log".formatted(i))));
    }
    this.corpus = new Corpus(2, clock.instant());
    this.clock = clock;
  }

  List<Path> paths() {
    return List.copyOf(paths);
  }

  long written() {
    return written;
  }

  /// Writes on a thread of its own for some seconds.
  Thread start(int linesPerSecond, int seconds) {
    return Thread.ofPlatform()
        .name("live-writer")
        .start(() -> {
          try {
            write(linesPerSecond, seconds);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private void write(int linesPerSecond, int seconds) throws IOException, InterruptedException {
    List<OutputStream> outs = new ArrayList<>();
    for (Path path : paths) {
      outs.add(Files.newOutputStream(path, StandardOpenOption.APPEND));
    }
    var pause = new CountDownLatch(1);
    long begin = System.nanoTime();
    long total = (long) linesPerSecond * seconds;
    while (written < total) {
      double elapsed = (System.nanoTime() - begin) / 1e9;
      long due = Math.min(total, (long) (elapsed * linesPerSecond));
      burst(outs, due);
      pause.await(BURST_MILLISECONDS, TimeUnit.MILLISECONDS);
    }
    for (OutputStream out : outs) {
      out.close();
    }
  }

  private void burst(List<OutputStream> outs, long due) throws IOException {
    int files = outs.size();
    var chunks = new StringBuilder[files];
    for (long number = written; number < due; number++) {
      int file = (int) (number % files);
      if (chunks[file] == null) {
        chunks[file] = new StringBuilder();
      }
      chunks[file].append(corpus.line(number, clock.instant().plusNanos(number % 1000)));
    }
    for (int file = 0; file < files; file++) {
      if (chunks[file] != null) {
        outs.get(file).write(chunks[file].toString().getBytes(StandardCharsets.UTF_8));
      }
    }
    written = Math.max(written, due);
  }
}
