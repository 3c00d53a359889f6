package dev.weir.agent.bench;

import dev.weir.agent.sandbox.Limits;
import dev.weir.agent.sandbox.Sandbox;
import dev.weir.agent.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/// Where agents are measured: a directory, a sink, and the waiting.
final class Arena implements AutoCloseable {
  private static final long SINK_BYTES = 700L << 20;
  private static final long STALLED_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final Path directory;
  private final Sandbox sink;

  private Arena(Path directory, Sandbox sink) {
    this.directory = directory;
    this.sink = sink;
  }

  /// @param mode whether the sink counts lines or keeps them to tell repeated ones
  static Arena open(SandboxOptions.Mode mode) throws IOException {
    Path directory = Files.createTempDirectory("weir-bench");
    SandboxOptions options =
        SandboxOptions.loopback()
            .withMode(mode)
            .withMaxBytes(SINK_BYTES)
            .withLimits(Limits.LOKI.withAnyAge());
    return new Arena(directory, Sandbox.start(options));
  }

  Path directory() {
    return directory;
  }

  Sandbox sink() {
    return sink;
  }

  /// The environment that a peer's command finds.
  Map<String, String> environment(Path logs, Path state) throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Map.of(
          "WEIR_BENCH_LOGS", logs + "/*-json.log",
          "WEIR_BENCH_PUSH_URL", sink.pushUrl().toString(),
          "WEIR_BENCH_STATE", state.toString(),
          "WEIR_BENCH_PORT", Integer.toString(socket.getLocalPort()));
    }
  }

  /// Waits until `count` reaches `goal`, or has not moved for twenty seconds.
  static void awaitCount(LongSupplier count, long goal) throws InterruptedException {
    var pause = new CountDownLatch(1);
    long last = -1;
    long moved = System.nanoTime();
    while (System.nanoTime() - moved < STALLED_NANOS) {
      long now = count.getAsLong();
      if (now >= goal) {
        return;
      }
      if (now != last) {
        last = now;
        moved = System.nanoTime();
      }
      pause.await(20, TimeUnit.MILLISECONDS);
    }
  }

  /// Ends a process that was started here, gently at first.
  static void end(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(15, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  @Override
  public void close() throws IOException {
    sink.close();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
