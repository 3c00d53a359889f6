package dev.weir.agent.bench;

import dev.weir.agent.sandbox.SandboxOptions.Mode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// How soon an agent with a Docker source answers that it is ready, and what it holds while idle.
public final class StartUp {
  private static final int STARTS = 5;
  private static final int IDLE_SECONDS = 8;
  private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final byte[] READY =
      "GET /-/ready HTTP/1.0\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private StartUp() {}

  /// Starts it five times.
  ///
  /// @param host of the Engine
  public static void run(Path launcher, String host, PrintWriter out)
      throws IOException, InterruptedException {
    out.printf("start: five starts, Docker source on %s%n", host);
    out.printf("%8s %8s %8s %8s%n", "ready ms", "CPU s", "RSS MB", "anon MB");
    for (int i = 0; i < STARTS; i++) {
      try (Arena arena = Arena.open(Mode.COUNT_BYTES)) {
        once(arena, launcher, host, out);
      }
    }
    out.flush();
  }

  private static void once(Arena arena, Path launcher, String host, PrintWriter out)
      throws IOException, InterruptedException {
    Path configuration = arena.directory().resolve("bench.river");
    Files.writeString(
        configuration, OwnConfiguration.docker(host, "auto", arena.sink().pushUrl().toString()));
    Path state = arena.directory().resolve("state");
    Map<String, String> environment = arena.environment(arena.directory(), state);
    int port = Integer.parseInt(environment.getOrDefault("WEIR_BENCH_PORT", "0"));
    Path output = arena.directory().resolve("output");
    long begin = System.nanoTime();
    Process process = OwnAgent.peer(launcher, configuration).start(environment, output);
    try {
      awaitReady(port, begin);
      double milliseconds = (System.nanoTime() - begin) / 1e6;
      ProcessUsage ready = OwnAgent.usage(process, output);
      new CountDownLatch(1).await(IDLE_SECONDS, TimeUnit.SECONDS);
      ProcessUsage idle = OwnAgent.usage(process, output);
      out.printf(
          "%8.0f %8.2f %8.0f %8.0f%n",
          milliseconds, ready.cpuSeconds(), idle.rssMegabytes(), idle.anonymousMegabytes());
    } finally {
      Arena.end(process);
    }
  }

  private static void awaitReady(int port, long begin) throws IOException, InterruptedException {
    var pause = new CountDownLatch(1);
    while (!ready(port)) {
      if (System.nanoTime() - begin > GIVE_UP_NANOS) {
        throw new IOException("the agent was not ready within 20 s");
      }
      pause.await(2, TimeUnit.MILLISECONDS);
    }
  }

  private static boolean ready(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(READY);
      byte[] head = socket.getInputStream().readNBytes(12);
      return new String(head, StandardCharsets.US_ASCII).endsWith(" 200");
    } catch (IOException e) {
      return false;
    }
  }
}
