package dev.weir.agent.bench;

import dev.weir.agent.sandbox.SandboxOptions.Mode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// Reads complete container log files, which lie in the page cache, into a counting sink.
public final class Replay {
  private Replay() {}

  /// Measures this agent, then each peer, on the same files.
  ///
  /// @param launcher starts this agent: `bin/weir`
  /// @param peers as `name=command`
  public static void run(
      Path launcher, List<String> peers, int files, long lines, Instant start, PrintWriter out)
      throws IOException, InterruptedException {
    try (Arena corpus = Arena.open(Mode.COUNT_BYTES)) {
      Path logs = corpus.directory().resolve("logs");
      List<Path> paths = new Corpus(1, start).write(logs, files, lines);
      long bytes = 0;
      for (Path path : paths) {
        bytes += Files.size(path);
      }
      out.printf("replay: %,d lines, %,d MB in %d files%n", lines, bytes / 1_000_000, files);
      out.println(Measurement.header());
      try (Arena arena = Arena.open(Mode.COUNT_ENTRIES)) {
        out.println(measure(arena, own(arena, launcher, paths), logs, lines).row());
      }
      for (String text : peers) {
        try (Arena arena = Arena.open(Mode.COUNT_ENTRIES)) {
          out.println(measure(arena, Peer.parse(text), logs, lines).row());
        }
      }
      out.flush();
    }
  }

  private static Peer own(Arena arena, Path launcher, List<Path> paths) throws IOException {
    Path configuration = arena.directory().resolve("bench.river");
    Files.writeString(
        configuration, OwnConfiguration.files(paths, arena.sink().pushUrl().toString()));
    return OwnAgent.peer(launcher, configuration);
  }

  private static Measurement measure(Arena arena, Peer peer, Path logs, long lines)
      throws IOException, InterruptedException {
    Path state = Files.createDirectories(arena.directory().resolve("state"));
    Path output = arena.directory().resolve("output");
    long begin = System.nanoTime();
    Process process = peer.start(arena.environment(logs, state), output);
    try {
      Arena.awaitCount(() -> arena.sink().totals().entries(), lines);
      double seconds = (System.nanoTime() - begin) / 1e9;
      ProcessUsage usage = OwnAgent.usage(process, output);
      long delivered = arena.sink().totals().entries();
      return new Measurement(
          peer.name(),
          seconds,
          usage,
          Math.min(delivered, lines),
          Math.max(0, delivered - lines),
          Math.max(0, lines - delivered));
    } finally {
      Arena.end(process);
    }
  }
}
