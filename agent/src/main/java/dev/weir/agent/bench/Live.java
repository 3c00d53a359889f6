package dev.weir.agent.bench;

import dev.weir.agent.sandbox.SandboxOptions.Mode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Follows logs that are being written, and, if asked, is killed while it does.
public final class Live {
  private final Path launcher;
  private final InstantSource clock;
  private final PrintWriter out;

  /// @param launcher starts this agent: `bin/weir`
  public Live(Path launcher, InstantSource clock, PrintWriter out) {
    this.launcher = launcher;
    this.clock = clock;
    this.out = out;
  }

  /// Measures this agent, then each peer.
  ///
  /// @param kills how often each is killed with SIGKILL and started again at once
  public void run(List<String> peers, int files, int rate, int seconds, int kills)
      throws IOException, InterruptedException {
    out.printf(
        "%s: %d files, %,d lines/s for %d s%s%n",
        kills == 0 ? "live" : "kill",
        files,
        rate,
        seconds,
        kills == 0 ? "" : ", " + kills + " kills");
    out.println(Measurement.header());
    out.println(measure(null, files, rate, seconds, kills).row());
    for (String text : peers) {
      out.println(measure(Peer.parse(text), files, rate, seconds, kills).row());
    }
    out.flush();
  }

  private Measurement measure(@Nullable Peer other, int files, int rate, int seconds, int kills)
      throws IOException, InterruptedException {
    try (Arena arena = Arena.open(kills == 0 ? Mode.COUNT_ENTRIES : Mode.STORE)) {
      Path logs = arena.directory().resolve("logs");
      var writer = new LiveWriter(logs, files, clock);
      Peer peer = other == null ? own(arena, writer.paths()) : other;
      Path state = Files.createDirectories(arena.directory().resolve("state"));
      var run = new Run(arena, peer, arena.environment(logs, state));
      long begin = System.nanoTime();
      run.start();
      Thread writing = writer.start(rate, seconds);
      try {
        kill(run, kills, seconds);
        writing.join();
        long lines = writer.written();
        Arena.awaitCount(() -> delivered(arena, kills), lines);
        return run.measurement((System.nanoTime() - begin) / 1e9, lines, kills);
      } finally {
        run.end();
      }
    }
  }

  private static long delivered(Arena arena, int kills) {
    return kills == 0 ? arena.sink().totals().entries() : arena.sink().totals().stored();
  }

  private Peer own(Arena arena, List<Path> paths) throws IOException {
    Path configuration = arena.directory().resolve("bench.river");
    Files.writeString(
        configuration, OwnConfiguration.files(paths, arena.sink().pushUrl().toString()));
    return OwnAgent.peer(launcher, configuration);
  }

  private static void kill(Run run, int kills, int seconds)
      throws IOException, InterruptedException {
    var random = new Random(kills);
    var pause = new CountDownLatch(1);
    long each = kills == 0 ? 0 : 1000L * seconds / (kills + 1);
    for (int i = 0; i < kills; i++) {
      pause.await(each + random.nextInt(200) - 100, TimeUnit.MILLISECONDS);
      run.killAndStart();
    }
  }

  /// An agent that may live several times.
  private static final class Run {
    private final Arena arena;
    private final Peer peer;
    private final Map<String, String> environment;
    private final Path output;
    private double earlierCpuSeconds;
    private @Nullable Process process;

    Run(Arena arena, Peer peer, Map<String, String> environment) {
      this.arena = arena;
      this.peer = peer;
      this.environment = environment;
      this.output = arena.directory().resolve("output");
    }

    void start() throws IOException {
      process = peer.start(environment, output);
    }

    void killAndStart() throws IOException, InterruptedException {
      Process living = living();
      earlierCpuSeconds += OwnAgent.usage(living, output).cpuSeconds();
      living.destroyForcibly().waitFor();
      start();
    }

    Measurement measurement(double seconds, long lines, int kills) throws IOException {
      ProcessUsage last = OwnAgent.usage(living(), output);
      var usage =
          new ProcessUsage(
              earlierCpuSeconds + last.cpuSeconds(),
              last.rssMegabytes(),
              last.peakRssMegabytes(),
              last.anonymousMegabytes());
      long delivered = Math.min(lines, delivered(arena, kills));
      long repeated =
          kills == 0
              ? Math.max(0, arena.sink().totals().entries() - lines)
              : arena.sink().totals().duplicates();
      return new Measurement(peer.name(), seconds, usage, delivered, repeated, lines - delivered);
    }

    void end() throws InterruptedException {
      if (process != null) {
        Arena.end(process);
      }
    }

    private Process living() {
      if (process == null) {
        throw new IllegalStateException("not started");
      }
      return process;
    }
  }
}
