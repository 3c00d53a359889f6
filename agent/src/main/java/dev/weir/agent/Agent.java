package dev.weir.agent;

import dev.weir.agent.component.AgentSettings;
import dev.weir.agent.component.ComponentException;
import dev.weir.agent.http.AgentServer;
import dev.weir.agent.http.Routes;
import dev.weir.agent.metrics.AgentMetrics;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.runtime.AgentRuntime;
import dev.weir.agent.runtime.ConfigBlocks;
import dev.weir.agent.runtime.Outlets;
import dev.weir.agent.runtime.RuntimeEnvironment;
import dev.weir.agent.runtime.ServerArguments;
import dev.weir.agent.runtime.TapAccess;
import dev.weir.agent.tap.Taps;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A whole agent: one configuration running, and the HTTP server that shows it.
///
/// Thread-safe.
public final class Agent {
  private static final Duration LAST_LINES = Duration.ofSeconds(2);

  private final AgentOptions options;
  private final AgentMetrics metrics;
  private final Taps taps = new Taps();
  private final AgentRuntime runtime;
  private volatile TapAccess tapAccess = TapAccess.OFF;
  private @Nullable AgentServer server;

  public Agent(AgentOptions options) {
    this.options = options;
    this.metrics = new AgentMetrics(options.version(), "");
    this.runtime =
        new AgentRuntime(environment(options, metrics.registry(), this::listen, taps.of("")));
  }

  /// What a configuration is checked against, without an agent.
  public static RuntimeEnvironment environment(AgentOptions options) {
    return environment(options, new SimpleMeterRegistry(), _ -> {}, Outlets.NONE);
  }

  private static RuntimeEnvironment environment(
      AgentOptions options,
      MeterRegistry registry,
      ConfigBlocks.Listening listening,
      Outlets outlets) {
    var settings =
        new AgentSettings(
            options.storagePath(),
            options.minimumStability(),
            options.version(),
            options.drainTimeout());
    return new RuntimeEnvironment(
        settings,
        Components.ALL,
        List.of(ConfigBlocks.logging(options.logLevel()), ConfigBlocks.server(listening)),
        registry,
        Clock.systemUTC(),
        outlets);
  }

  /// Loads the configuration and starts everything; on failure nothing runs.
  ///
  /// @throws IOException when the configuration cannot be read
  /// @throws DiagnosticsException when it cannot be used, or its address cannot be listened on
  public void start() throws IOException, DiagnosticsException, InterruptedException {
    try {
      runtime.load(options.configuration());
    } catch (IOException | DiagnosticsException | InterruptedException failure) {
      closeServer();
      throw failure;
    }
  }

  /// Reads the configuration again.
  public void reload() throws IOException, DiagnosticsException, InterruptedException {
    runtime.reload();
  }

  /// Stops sources, waits for what is under way, ends. A second call ends it at once.
  public void stop() throws InterruptedException {
    runtime.stop();
    taps.end("the agent was stopped");
    taps.awaitClosed(LAST_LINES);
    closeServer();
  }

  /// Where the HTTP server listens.
  public synchronized InetSocketAddress address() {
    if (server == null) {
      throw new IllegalStateException("the agent has not been started");
    }
    return server.address();
  }

  private synchronized void listen(ServerArguments block) throws ComponentException {
    tapAccess = options.tapAccess(block);
    if (tapAccess == TapAccess.OFF) {
      taps.end("tapping was switched off");
    }
    InetSocketAddress wanted = options.listenAddress(block);
    AgentServer old = server;
    if (old != null && old.address().equals(wanted)) {
      return;
    }
    try {
      server = AgentServer.start(wanted, new Routes(runtime, metrics), taps, () -> tapAccess);
    } catch (IOException e) {
      throw new ComponentException("cannot listen on " + wanted + ": " + e.getMessage(), e);
    }
    if (old != null) {
      old.retire();
    }
  }

  private synchronized void closeServer() {
    if (server != null) {
      server.close();
      server = null;
    }
  }
}
