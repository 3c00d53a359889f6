package dev.weir.agent.discovery.docker;

import dev.weir.agent.component.Component;
import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.ComponentException;
import dev.weir.agent.component.ComponentType;
import dev.weir.agent.component.Health;
import dev.weir.agent.component.OwnedThread;
import dev.weir.agent.component.Stability;
import dev.weir.agent.docker.ContainerWatch;
import dev.weir.agent.docker.Engine;
import dev.weir.agent.httpclient.HttpClientArguments;
import dev.weir.agent.river.eval.BlockField;
import dev.weir.agent.river.eval.Default;
import dev.weir.agent.river.eval.Squash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Exports the containers that run as targets, and knows of a new one at once.
public final class DiscoveryDocker implements Component<DiscoveryDocker.Arguments> {
  public static final ComponentType<Arguments> TYPE =
      new ComponentType<>(
          "discovery.docker",
          Stability.GENERALLY_AVAILABLE,
          Arguments.class,
          Exports.class,
          DiscoveryDocker::new);

  private static final Set<String> CHANGES =
      Set.of("start", "die", "destroy", "rename", "pause", "unpause");

  /// What the block holds.
  ///
  /// @param host the Engine: `unix:///var/run/docker.sock`, `tcp://`, `http://` or `https://`
  /// @param port of targets that expose none
  /// @param hostNetworkingHost address of containers in the host's network
  /// @param refreshInterval how often the Engine is asked
  /// @param matchFirstNetwork whether a container in several networks gives targets for one
  /// @param filter containers must pass all of them
  /// @param client how to reach `http` and `https` hosts
  public record Arguments(
      String host,
      @Default("80") int port,
      @Default("\"localhost\"") String hostNetworkingHost,
      @Default("\"1m\"") Duration refreshInterval,
      @Default("true") boolean matchFirstNetwork,
      @BlockField List<Filter> filter,
      @Squash HttpClientArguments client) {
    public Arguments {
      if (refreshInterval.isZero() || refreshInterval.isNegative()) {
        throw new IllegalArgumentException("refresh_interval must be greater than 0");
      }
    }

    Map<String, List<String>> filters() {
      var filters = new LinkedHashMap<String, List<String>>();
      for (Filter one : filter) {
        filters.computeIfAbsent(one.name(), _ -> new ArrayList<>()).addAll(one.values());
      }
      return filters;
    }
  }

  /// Which containers, as the Engine's API filters them.
  ///
  /// @param name what is looked at, such as `label`, `name` or `status`
  /// @param values of which one must fit
  public record Filter(String name, List<String> values) {}

  /// What others refer to.
  ///
  /// @param targets with `__address__` and `__meta_docker_*`
  public record Exports(List<Map<String, String>> targets) {}

  private final ComponentContext context;
  private final Semaphore changed = new Semaphore(0);
  private volatile Arguments arguments;
  private volatile Engine engine;
  private volatile @Nullable Discovery discovery;

  DiscoveryDocker(Arguments arguments, ComponentContext context) throws ComponentException {
    this.context = context;
    this.arguments = arguments;
    this.engine = engine(arguments);
    context.publish(new Exports(List.of()));
  }

  private static Engine engine(Arguments arguments) throws ComponentException {
    try {
      return Engine.at(arguments.host(), arguments.client());
    } catch (IllegalArgumentException e) {
      throw new ComponentException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void run() throws InterruptedException {
    while (true) {
      changed.drainPermits();
      Arguments current = arguments;
      var next = new Discovery(engine, current, context);
      discovery = next;
      var scope =
          new ContainerWatch.Scope(
              false, current.filters(), current.refreshInterval(), CHANGES, true);
      var watch = new ContainerWatch(engine, context.clock(), scope, next);
      try (var _ = new OwnedThread(context.id(), watch::run)) {
        changed.acquire();
      }
    }
  }

  @Override
  public void update(Arguments newArguments) throws ComponentException {
    engine = engine(newArguments);
    arguments = newArguments;
    changed.release();
  }

  @Override
  public Optional<Health> health() {
    Discovery current = discovery;
    return current == null ? Optional.empty() : Optional.of(current.health());
  }
}
