package dev.weir.agent.demo;

import dev.weir.agent.sandbox.Sandbox;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// The agent's usual work in short: what the AOT cache is recorded from.
///
/// Two agents run one after the other: one reads a log file, the other a container of an Engine
/// that is played; both push what they read.
public final class Training {
  private static final int LINES = 40_000;
  private static final String CONTAINER = "{container_name=\"training\"}";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private Training() {}

  /// An agent that runs in this process as it would in one of its own.
  public interface Trainee {
    /// Runs until stopped.
    void run(String... commandLine) throws InterruptedException;

    /// Ends [#run] from another thread.
    void stop();
  }

  /// Works until everything has arrived, thirty seconds at most.
  public static void run(Trainee trainee) throws Exception {
    try (var scratch = new Scratch();
        Sandbox sandbox = Sandbox.start()) {
      Path logs = scratch.directory().resolve("training.log");
      writeLogs(logs);
      String files = TrainingConfiguration.files(logs, sandbox.pushUrl());
      work(trainee, scratch.directory(), files, () -> sandbox.count("{}") >= LINES);
      containers(trainee, scratch.directory(), sandbox);
    }
  }

  private static void containers(Trainee trainee, Path scratch, Sandbox sandbox)
      throws IOException, InterruptedException {
    try (TrainingEngine engine = TrainingEngine.start(scratch.resolve("engine"))) {
      writeLogs(engine.log());
      String configuration = TrainingConfiguration.engine(engine.socket(), sandbox.pushUrl());
      // The container's lines have labels that the file's have not.
      work(trainee, scratch, configuration, () -> sandbox.count(CONTAINER) >= LINES);
    }
  }

  private static void work(
      Trainee trainee, Path scratch, String configuration, BooleanSupplier goal)
      throws IOException, InterruptedException {
    Path file = scratch.resolve("training.river");
    Files.writeString(file, configuration);
    int port = FreePort.any();
    Thread operator =
        Thread.ofPlatform().name("operator").start(() -> operate(trainee, port, goal));
    trainee.run(
        "run",
        file.toString(),
        "--storage.path=" + scratch.resolve("state"),
        "--server.http.listen-addr=127.0.0.1:" + port);
    operator.join();
  }

  /// What the agent is asked while it runs.
  private static void operate(Trainee trainee, int port, BooleanSupplier goal) {
    long start = System.nanoTime();
    var pause = new CountDownLatch(1);
    try {
      do {
        pause.await(200, TimeUnit.MILLISECONDS);
      } while (!(ask(port, "/metrics") && ask(port, "/-/ready") && goal.getAsBoolean())
          && System.nanoTime() - start < LIMIT.toNanos());
      ask(port, "/api/v0/web/components");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      trainee.stop();
    }
  }

  private static boolean ask(int port, String path) {
    try {
      URI uri = URI.create("http://127.0.0.1:" + port + path);
      var connection = (HttpURLConnection) uri.toURL().openConnection();
      int status = connection.getResponseCode();
      connection.disconnect();
      return status == HttpURLConnection.HTTP_OK;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static void writeLogs(Path file) throws IOException {
    try (var out = Files.newBufferedWriter(file)) {
      Instant start = Clock.systemUTC().instant().minusSeconds(600);
      for (int i = 0; i < LINES; i++) {
        out.write(TrainingConfiguration.logLine(i, start));
      }
    }
  }
}
