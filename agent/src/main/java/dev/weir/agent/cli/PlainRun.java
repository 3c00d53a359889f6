package dev.weir.agent.cli;

import dev.weir.agent.AgentOptions;
import dev.weir.agent.component.Stability;
import dev.weir.agent.logging.LogLevel;
import dev.weir.agent.pipelinedir.PipelineSettings;
import dev.weir.agent.runtime.TapAccess;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the command lines that start an agent in practice: `run`, one configuration, and options
/// written `--name=value`. Everything else, mistakes included, is for [RunCommand], which
/// understands the same and more.
final class PlainRun {
  /// As long as Compose waits before it kills, less a margin.
  static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(8);

  static final String DEFAULT_STORAGE = "data-alloy/";

  private @Nullable Path configuration;
  private @Nullable InetSocketAddress listen;
  private @Nullable TapAccess tap;
  private @Nullable LogLevel logLevel;
  private Path storage = Path.of(DEFAULT_STORAGE);
  private @Nullable Path pipelines;
  private @Nullable Path secrets;

  private PlainRun() {}

  /// The options, or nothing when the line is not a plain one.
  static Optional<AgentOptions> parse(String... arguments) {
    if (arguments.length < 2 || !arguments[0].equals("run")) {
      return Optional.empty();
    }
    var run = new PlainRun();
    for (int i = 1; i < arguments.length; i++) {
      if (!run.take(arguments[i])) {
        return Optional.empty();
      }
    }
    return Optional.ofNullable(run.options());
  }

  private boolean take(String argument) {
    if (!argument.startsWith("-")) {
      return configuration(argument);
    }
    int equals = argument.indexOf('=');
    if (equals < 0) {
      return false;
    }
    String value = argument.substring(equals + 1);
    try {
      return switch (argument.substring(0, equals)) {
        case "--config.file" -> configuration(value);
        case "--storage.path" -> {
          storage = Path.of(value);
          yield true;
        }
        case "--pipelines.dir" -> {
          pipelines = Path.of(value);
          yield true;
        }
        case "--pipelines.secrets-dir" -> {
          secrets = Path.of(value);
          yield true;
        }
        case "--log.level" -> {
          logLevel = LogLevel.parse(value);
          yield true;
        }
        case "--server.http.listen-addr" -> {
          listen = HostPort.parse(value);
          yield true;
        }
        case "--server.http.tap" -> {
          tap = TapAccess.parse(value);
          yield true;
        }
        default -> false;
      };
    } catch (IllegalArgumentException mistake) {
      return false;
    }
  }

  private boolean configuration(String path) {
    if (configuration != null || !Files.exists(Path.of(path))) {
      return false;
    }
    configuration = Path.of(path);
    return true;
  }

  private @Nullable AgentOptions options() {
    PipelineSettings directory = pipelineSettings();
    if (configuration == null && directory == null) {
      return null;
    }
    return new AgentOptions(
        configuration,
        listen,
        logLevel,
        storage,
        Stability.GENERALLY_AVAILABLE,
        Release.VERSION,
        DRAIN_TIMEOUT,
        tap,
        directory);
  }

  private @Nullable PipelineSettings pipelineSettings() {
    if (pipelines == null) {
      return null;
    }
    PipelineSettings settings = PipelineSettings.of(pipelines);
    return secrets == null ? settings : settings.withSecrets(secrets);
  }
}
