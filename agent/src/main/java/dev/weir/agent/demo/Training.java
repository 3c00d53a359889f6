package dev.weir.agent.demo;

import dev.weir.agent.Agent;
import dev.weir.agent.AgentOptions;
import dev.weir.agent.component.Stability;
import dev.weir.agent.logging.LogLevel;
import dev.weir.agent.sandbox.Sandbox;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The agent's usual work in short: what the AOT cache is recorded from.
///
/// Two agents run one after the other: one reads container log files and pushes them, the other
/// looks for a Docker Engine that is not there, which loads that code too.
public final class Training {
  private static final int LINES = 60_000;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private Training() {}

  /// Works until everything has arrived, thirty seconds at most.
  public static void run() throws Exception {
    try (var scratch = new Scratch();
        Sandbox sandbox = Sandbox.start()) {
      Path logs = writeLogs(scratch.directory());
      String files = TrainingConfiguration.files(logs, sandbox.pushUrl());
      work(scratch.directory(), files, () -> sandbox.count("{}") >= LINES);
      String engine =
          TrainingConfiguration.engine(scratch.directory().resolve("none"), sandbox.pushUrl());
      work(scratch.directory(), engine, () -> true);
    }
  }

  private interface Goal {
    boolean reached();
  }

  private static void work(Path scratch, String configuration, Goal goal) throws Exception {
    Path file = scratch.resolve("training.river");
    Files.writeString(file, configuration);
    var agent =
        new Agent(
            new AgentOptions(
                file,
                new InetSocketAddress("127.0.0.1", 0),
                LogLevel.ERROR,
                scratch.resolve("state"),
                Stability.GENERALLY_AVAILABLE,
                "0.0.0",
                Duration.ofSeconds(5)));
    agent.start();
    long start = System.nanoTime();
    var pause = new CountDownLatch(1);
    do {
      pause.await(200, TimeUnit.MILLISECONDS);
      ask(agent, "/metrics");
      ask(agent, "/-/ready");
    } while (!goal.reached() && System.nanoTime() - start < LIMIT.toNanos());
    ask(agent, "/api/v0/web/components");
    agent.stop();
  }

  private static void ask(Agent agent, String path) throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + agent.address().getPort() + path);
    var connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.getResponseCode();
    connection.disconnect();
  }

  private static Path writeLogs(Path directory) throws IOException {
    Path file = directory.resolve("training-json.log");
    try (var out = Files.newBufferedWriter(file)) {
      Instant start = Clock.systemUTC().instant().minusSeconds(600);
      for (int i = 0; i < LINES; i++) {
        out.write(TrainingConfiguration.logLine(i, start));
      }
    }
    return file;
  }
}
