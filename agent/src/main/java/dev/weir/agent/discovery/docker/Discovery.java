package dev.weir.agent.discovery.docker;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.Health;
import dev.weir.agent.discovery.docker.DiscoveryDocker.Arguments;
import dev.weir.agent.discovery.docker.DiscoveryDocker.Exports;
import dev.weir.agent.docker.Container;
import dev.weir.agent.docker.ContainerEvent;
import dev.weir.agent.docker.ContainerWatch;
import dev.weir.agent.docker.Engine;
import dev.weir.agent.docker.EngineException;
import dev.weir.agent.docker.EngineVersion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns each list of containers into exports. The targets found last stay while the Engine is
/// away.
final class Discovery implements ContainerWatch.Listener {
  private final Engine engine;
  private final Arguments arguments;
  private final ComponentContext context;
  private volatile Health health;
  private @Nullable String lastProblem;

  Discovery(Engine engine, Arguments arguments, ComponentContext context) {
    this.engine = engine;
    this.arguments = arguments;
    this.context = context;
    this.health = health(Health.State.UNKNOWN, "not connected to " + engine + " yet");
  }

  Health health() {
    return health;
  }

  private Health health(Health.State state, String message) {
    return new Health(state, message, context.clock().instant());
  }

  @Override
  public void connected(EngineVersion version) {
    lastProblem = null;
    context
        .log()
        .atInfo()
        .addKeyValue("host", engine)
        .addKeyValue("version", version.version())
        .log("connected to Docker Engine");
  }

  @Override
  public void listed(List<Container> containers) throws EngineException, InterruptedException {
    boolean shared =
        containers.stream().anyMatch(one -> one.networkMode().startsWith("container:"));
    List<Container> all = shared ? engine.containers(false, Map.of()) : containers;
    var options =
        new Targets.Options(
            arguments.port(), arguments.hostNetworkingHost(), arguments.matchFirstNetwork());
    var targets = new Targets(options, engine.networks(), all).of(containers);
    context.publish(new Exports(targets));
    health = health(Health.State.HEALTHY, engine + ": " + targets.size() + " targets");
  }

  @Override
  public void happened(ContainerEvent event) {
    // The list that follows tells all.
  }

  @Override
  public void lost(EngineException problem, Duration pause) {
    String message = String.valueOf(problem.getMessage());
    health = health(Health.State.UNHEALTHY, message);
    if (!message.equals(lastProblem)) {
      lastProblem = message;
      context
          .log()
          .atWarn()
          .addKeyValue("err", message)
          .addKeyValue("retry_in", pause)
          .log("Docker Engine lost; its last targets stay");
    }
  }
}
