package dev.weir.agent.cli;

import dev.weir.agent.AgentOptions;
import dev.weir.agent.component.Stability;
import dev.weir.agent.logging.LogLevel;
import dev.weir.agent.pipelinedir.PipelineSettings;
import dev.weir.agent.runtime.TapAccess;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of commands that run an agent.
final class RunOptions {
  @Option(
      names = "--server.http.listen-addr",
      paramLabel = "HOST:PORT",
      converter = ListenAddress.class,
      description = "Where to serve HTTP; wins over the server block. Default: 127.0.0.1:12345.")
  private @Nullable InetSocketAddress listen;

  @Option(
      names = "--server.http.tap",
      paramLabel = "WHO",
      converter = TapAccessName.class,
      description =
          "Who may see lines as they pass (weir tap): off, loopback (who asks from this machine or"
              + " container) or all. Wins over the server block. Default: loopback.")
  private @Nullable TapAccess tap;

  @Option(
      names = "--storage.path",
      paramLabel = "DIR",
      defaultValue = PlainRun.DEFAULT_STORAGE,
      description = "Where components keep their state. Default: ${DEFAULT-VALUE}")
  private Path storagePath = Path.of(PlainRun.DEFAULT_STORAGE);

  @Option(
      names = "--log.level",
      paramLabel = "LEVEL",
      converter = LogLevelName.class,
      description = "error, warn, info or debug; wins over the logging block.")
  private @Nullable LogLevel logLevel;

  @Option(
      names = "--stability.level",
      paramLabel = "LEVEL",
      converter = StabilityName.class,
      defaultValue = "generally-available",
      description =
          "The least settled components to allow: generally-available (default), public-preview"
              + " or experimental.")
  private Stability stability = Stability.GENERALLY_AVAILABLE;

  @SuppressWarnings("UnusedVariable") // There is nothing to switch off.
  @Option(
      names = "--disable-reporting",
      description = "Accepted for Alloy's sake: Weir never reports anything to anybody.")
  private boolean disableReporting;

  AgentOptions toAgentOptions(Path configuration) {
    return toAgentOptions(configuration, null);
  }

  AgentOptions toAgentOptions(@Nullable Path configuration, @Nullable PipelineSettings pipelines) {
    return new AgentOptions(
        configuration,
        listen,
        logLevel,
        storagePath,
        stability,
        Release.VERSION,
        PlainRun.DRAIN_TIMEOUT,
        tap,
        pipelines);
  }
}
