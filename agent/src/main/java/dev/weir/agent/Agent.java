package dev.weir.agent;

import dev.weir.agent.component.AgentSettings;
import dev.weir.agent.component.ComponentException;
import dev.weir.agent.http.AgentServer;
import dev.weir.agent.http.Routes;
import dev.weir.agent.metrics.AgentMetrics;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.runtime.AgentRuntime;
import dev.weir.agent.runtime.ConfigBlocks;
import dev.weir.agent.runtime.RuntimeEnvironment;
import dev.weir.agent.runtime.ServerArguments;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A whole agent: one configuration running, and the HTTP server that shows it.
///
/// Thread-safe.
public final class Agent {
  private final AgentOptions options;
  private final AgentMetrics metrics;
  private final AgentRuntime runtime;
  private @Nullable AgentServer server;

  public Agent(AgentOptions options) {
    this.options = options;
    this.metrics = new AgentMetrics(options.version(), "");
    this.runtime = new AgentRuntime(environment(options, metrics.registry(), this::listen));
  }

  /// What a configuration is checked against, without an agent.
  public static RuntimeEnvironment environment(AgentOptions options) {
    return environment(options, new SimpleMeterRegistry(), _ -> {});
  }

  private static RuntimeEnvironment environment(
      AgentOptions options, MeterRegistry registry, ConfigBlocks.Listening listening) {
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
        Clock.systemUTC());
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
    InetSocketAddress wanted = options.listenAddress(block);
    AgentServer old = server;
    if (old != null && old.address().equals(wanted)) {
      return;
    }
    try {
      server = AgentServer.start(wanted, new Routes(runtime, metrics));
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
