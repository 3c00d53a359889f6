package dev.weir.agent;

import dev.weir.agent.component.AgentSettings;
import dev.weir.agent.component.ComponentException;
import dev.weir.agent.http.AgentServer;
import dev.weir.agent.http.PipelineRoutes;
import dev.weir.agent.http.PipelinesJson;
import dev.weir.agent.http.Routes;
import dev.weir.agent.metrics.AgentMetrics;
import dev.weir.agent.metrics.AgentRegistry;
import dev.weir.agent.pipelinedir.PipelineSettings;
import dev.weir.agent.pipelinedir.PipelineStatus;
import dev.weir.agent.pipelinedir.Pipelines;
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
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
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
  private final @Nullable PipelineRoutes pipelines;
  private @Nullable AgentServer server;

  public Agent(AgentOptions options) {
    this.options = options;
    this.metrics = new AgentMetrics(options.version(), "");
    RuntimeEnvironment environment =
        environment(options, metrics.registry(), this::listen, taps.of(""));
    this.runtime = new AgentRuntime(environment);
    this.pipelines = pipelines(options, environment, taps);
  }

  private static @Nullable PipelineRoutes pipelines(
      AgentOptions options, RuntimeEnvironment environment, Taps taps) {
    PipelineSettings settings = options.pipelines();
    if (settings == null) {
      return null;
    }
    // Apart from the agent's own metrics: there may be thousands of pipelines.
    var meters = new AgentRegistry();
    var about =
        new PipelinesJson.About(
            UUID.randomUUID().toString(),
            environment.clock().instant(),
            options.version(),
            Objects.requireNonNullElse(System.getenv("NODE_NAME"), ""));
    var pipelines = new Pipelines(settings, environment, meters, taps::of);
    return new PipelineRoutes(about, pipelines, meters);
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
    Path configuration = options.configuration();
    try {
      if (configuration == null) {
        runtime.loadDefaults();
      } else {
        runtime.load(configuration);
      }
    } catch (IOException | DiagnosticsException | InterruptedException failure) {
      closeServer();
      throw failure;
    }
    if (pipelines != null) {
      pipelines.pipelines().start();
    }
  }

  /// Reads the configuration again, and every pipeline.
  public void reload() throws IOException, DiagnosticsException, InterruptedException {
    runtime.reload();
    if (pipelines != null) {
      pipelines.pipelines().reload();
    }
  }

  /// Stops sources, waits for what is under way, ends. A second call ends it at once.
  public void stop() throws InterruptedException {
    if (pipelines == null) {
      runtime.stop();
    } else {
      stopWith(pipelines.pipelines());
    }
    taps.end("the agent was stopped");
    taps.awaitClosed(LAST_LINES);
    closeServer();
  }

  /// At the same time: the time there is to drain is for both.
  private void stopWith(Pipelines directory) throws InterruptedException {
    Thread stop =
        Thread.ofVirtual()
            .name("stop-pipelines")
            .start(() -> {
              try {
                directory.stop();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    try {
      runtime.stop();
    } finally {
      stop.join();
    }
  }

  /// How the pipelines of the directory stand, by file; nothing without a directory.
  public List<PipelineStatus> pipelines() {
    return pipelines == null ? List.of() : pipelines.pipelines().statuses();
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
      var routes = new Routes(runtime, metrics, options.version(), pipelines);
      server = AgentServer.start(wanted, routes, taps, () -> tapAccess);
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
