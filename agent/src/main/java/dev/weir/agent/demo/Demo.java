package dev.weir.agent.demo;

import dev.weir.agent.Agent;
import dev.weir.agent.AgentOptions;
import dev.weir.agent.component.Stability;
import dev.weir.agent.logging.LogLevel;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.sandbox.Limits;
import dev.weir.agent.sandbox.Sandbox;
import dev.weir.agent.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Runs the sandbox and an agent with the configuration that Weir comes with, and prints what
/// arrives.
public final class Demo {
  private static final Duration DRAIN = Duration.ofSeconds(5);
  private static final long SANDBOX_BYTES = 16L << 20;

  private Demo() {}

  /// Runs until `stop` opens or the limit is over; leaves nothing behind.
  ///
  /// @throws DiagnosticsException when the configuration cannot be used
  public static void run(DemoOptions options, PrintWriter out, CountDownLatch stop)
      throws IOException, DiagnosticsException, InterruptedException {
    try (var scratch = new Scratch();
        Sandbox sandbox = startSandbox();
        Subject subject = Subject.find(options, scratch.directory())) {
      Path file = scratch.directory().resolve("config.river");
      Files.writeString(file, subject.configuration(sandbox.pushUrl()));
      introduce(out, subject, sandbox);
      var agent = new Agent(agentOptions(options, file, scratch.directory()));
      agent.start();
      try {
        show(options, out, sandbox, agent, stop);
      } finally {
        agent.stop();
      }
    }
  }

  private static void show(
      DemoOptions options, PrintWriter out, Sandbox sandbox, Agent agent, CountDownLatch stop)
      throws InterruptedException {
    out.println("agent:   http://127.0.0.1:" + agent.address().getPort() + "/metrics");
    out.println();
    out.flush();
    long start = System.nanoTime();
    var arrivals = new Arrivals(sandbox, out, options.colour());
    while (!over(options, start)) {
      boolean stopped = stop.await(250, TimeUnit.MILLISECONDS);
      arrivals.print();
      if (stopped) {
        break;
      }
    }
    arrivals.summarize();
  }

  private static boolean over(DemoOptions options, long start) {
    Duration limit = options.limit();
    return limit != null && System.nanoTime() - start >= limit.toNanos();
  }

  private static void introduce(PrintWriter out, Subject subject, Sandbox sandbox) {
    out.println("Weir demo. Ctrl-C ends it.");
    out.println("reading: " + subject.description());
    out.println("loki:    " + sandbox.url() + " (the sandbox, in memory); ask it with");
    out.println(
        "         curl -sG "
            + sandbox.url()
            + "/loki/api/v1/query_range --data-urlencode 'query={job=\"docker\"}'");
    out.flush();
  }

  private static AgentOptions agentOptions(DemoOptions options, Path file, Path scratch) {
    return new AgentOptions(
        file,
        new InetSocketAddress("127.0.0.1", FreePort.near(12345)),
        LogLevel.WARN,
        scratch.resolve("state"),
        Stability.GENERALLY_AVAILABLE,
        options.version(),
        DRAIN);
  }

  private static Sandbox startSandbox() throws IOException {
    int port = FreePort.near(3100);
    return Sandbox.start(
        SandboxOptions.at(new InetSocketAddress("127.0.0.1", port), SANDBOX_BYTES)
            // A running container's log may begin long ago; the demo shows it all the same.
            .withLimits(Limits.LOKI.withAnyAge()));
  }
}
