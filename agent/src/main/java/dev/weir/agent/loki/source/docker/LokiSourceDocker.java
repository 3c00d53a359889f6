package dev.weir.agent.loki.source.docker;

import dev.weir.agent.component.Component;
import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.ComponentException;
import dev.weir.agent.component.ComponentType;
import dev.weir.agent.component.Health;
import dev.weir.agent.component.OwnedThread;
import dev.weir.agent.component.Stability;
import dev.weir.agent.docker.Engine;
import dev.weir.agent.httpclient.HttpClientArguments;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.relabel.Rules;
import dev.weir.agent.river.eval.BlockField;
import dev.weir.agent.river.eval.Default;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Collects the logs of containers: of those in `targets`, or of every one that runs.
public final class LokiSourceDocker implements Component<LokiSourceDocker.Arguments> {
  public static final ComponentType<Arguments> TYPE =
      new ComponentType<>(
          "loki.source.docker",
          Stability.GENERALLY_AVAILABLE,
          Arguments.class,
          ComponentType.NoExports.class,
          LokiSourceDocker::new);

  /// What the block holds.
  ///
  /// @param host the Engine: `unix:///var/run/docker.sock`, `tcp://`, `http://` or `https://`
  /// @param targets containers to collect, by `__meta_docker_container_id`; null for all that run
  /// @param forwardTo who gets every entry
  /// @param labels for every entry; they win over those of targets
  /// @param relabelRules applied to the labels of each stream
  /// @param refreshInterval between looks at the whole list of containers; events tell the rest
  /// @param httpClientConfig how to reach `http` and `https` hosts
  /// @param positionsPath of the positions file; in the component's own directory by default
  /// @param readFrom where logs are read: `files`, `api`, or `auto` for the files where they can be
  ///   opened
  public record Arguments(
      String host,
      @Nullable List<Map<String, String>> targets,
      List<Receiver> forwardTo,
      @Default("{}") Map<String, String> labels,
      @Nullable Rules relabelRules,
      @Default("\"60s\"") Duration refreshInterval,
      @BlockField @Nullable HttpClientArguments httpClientConfig,
      @Nullable String positionsPath,
      @Default("\"auto\"") ReadFrom readFrom) {
    public Arguments {
      if (refreshInterval.isZero() || refreshInterval.isNegative()) {
        throw new IllegalArgumentException("refresh_interval must be greater than 0");
      }
    }

    /// Whether a collector for these arguments can go on with the others.
    boolean sameSource(Arguments other) {
      return host.equals(other.host)
          && (targets == null) == (other.targets == null)
          && refreshInterval.equals(other.refreshInterval)
          && Objects.equals(httpClientConfig, other.httpClientConfig)
          && Objects.equals(positionsPath, other.positionsPath)
          && readFrom == other.readFrom;
    }
  }

  private final ComponentContext context;
  private final SourceMetrics metrics;
  private final Semaphore changed = new Semaphore(0);
  private volatile Arguments arguments;
  private volatile Engine engine;
  private volatile @Nullable Collector collector;

  LokiSourceDocker(Arguments arguments, ComponentContext context) throws ComponentException {
    this.context = context;
    this.arguments = arguments;
    this.engine = engine(arguments);
    this.metrics = new SourceMetrics(context.metrics());
    TargetMetrics.show(context, this::targets);
  }

  private static Engine engine(Arguments arguments) throws ComponentException {
    try {
      return Engine.at(arguments.host(), arguments.httpClientConfig());
    } catch (IllegalArgumentException e) {
      throw new ComponentException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void run() throws InterruptedException {
    while (true) {
      Collector current = newCollector();
      var failure = new AtomicReference<@Nullable Throwable>();
      try (var _ = new OwnedThread(context.id(), () -> collect(current, failure))) {
        changed.acquire();
      }
      Throwable thrown = failure.get();
      if (thrown != null) {
        throw new IllegalStateException("collecting failed unexpectedly: " + thrown, thrown);
      }
    }
  }

  private synchronized Collector newCollector() {
    changed.drainPermits();
    Collector made = new Collector(arguments, engine, positionsFile(), context, metrics);
    collector = made;
    return made;
  }

  private void collect(Collector current, AtomicReference<@Nullable Throwable> failure) {
    try {
      current.runUntilInterrupted();
    } catch (RuntimeException | Error e) {
      failure.set(e);
      changed.release();
    }
  }

  private Path positionsFile() {
    String path = arguments.positionsPath();
    return path == null ? context.dataPath().resolve("positions.yml") : Path.of(path);
  }

  @Override
  public synchronized void update(Arguments newArguments) throws ComponentException {
    Engine newEngine = engine(newArguments);
    boolean same = arguments.sameSource(newArguments);
    arguments = newArguments;
    engine = newEngine;
    Collector current = collector;
    if (current == null) {
      return;
    }
    if (same) {
      current.update(newArguments);
    } else {
      changed.release();
    }
  }

  private DebugInfo targets() {
    Collector current = collector;
    return current == null ? new DebugInfo(List.of()) : current.debugInfo();
  }

  @Override
  public Optional<Health> health() {
    Collector current = collector;
    return current == null ? Optional.empty() : Optional.of(current.health());
  }

  @Override
  public Optional<Record> debugInfo() {
    Collector current = collector;
    return current == null ? Optional.empty() : Optional.of(current.debugInfo());
  }
}
