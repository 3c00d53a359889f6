package dev.weir.agent.loki.source.kubernetes;

import dev.weir.agent.component.Component;
import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.ComponentException;
import dev.weir.agent.component.ComponentType;
import dev.weir.agent.component.Health;
import dev.weir.agent.component.OwnedThread;
import dev.weir.agent.component.Stability;
import dev.weir.agent.kubernetes.ClientArguments;
import dev.weir.agent.kubernetes.Clustering;
import dev.weir.agent.loki.Fanout;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.podlog.LogTarget;
import dev.weir.agent.loki.podlog.PodLogMetrics;
import dev.weir.agent.loki.podlog.PodLogs;
import dev.weir.agent.river.eval.BlockField;
import dev.weir.agent.river.eval.Default;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Collects the logs of containers through the Kubernetes API.
public final class LokiSourceKubernetes implements Component<LokiSourceKubernetes.Arguments> {
  public static final ComponentType<Arguments> TYPE =
      new ComponentType<>(
          "loki.source.kubernetes",
          Stability.GENERALLY_AVAILABLE,
          Arguments.class,
          ComponentType.NoExports.class,
          LokiSourceKubernetes::new);

  /// What the block holds.
  ///
  /// @param targets with the labels of `discovery.kubernetes`, or `__pod_namespace__` and so on
  /// @param forwardTo who gets every entry
  /// @param client how to reach the API server
  /// @param clustering taken for Alloy's sake
  public record Arguments(
      List<Map<String, String>> targets,
      List<Receiver> forwardTo,
      @BlockField @Default ClientArguments client,
      @BlockField @Nullable Clustering clustering) {}

  private final ComponentContext context;
  private final PodLogMetrics metrics;
  private final Semaphore changed = new Semaphore(0);
  private Arguments arguments;
  private volatile @Nullable PodLogs logs;

  LokiSourceKubernetes(Arguments arguments, ComponentContext context) throws ComponentException {
    this.context = context;
    this.arguments = arguments;
    this.metrics = new PodLogMetrics(context, "loki_source_kubernetes");
    targets(arguments);
  }

  private List<LogTarget> targets(Arguments of) throws ComponentException {
    List<LogTarget> targets = new ArrayList<>();
    try {
      for (Map<String, String> target : of.targets()) {
        targets.add(LogTarget.of(target, context.id()));
      }
    } catch (IllegalArgumentException e) {
      throw new ComponentException(String.valueOf(e.getMessage()), e);
    }
    return targets;
  }

  @Override
  public void run() throws InterruptedException {
    while (true) {
      PodLogs current = newLogs();
      try (var _ = new OwnedThread(context.id(), current::run)) {
        changed.acquire();
      }
    }
  }

  private synchronized PodLogs newLogs() {
    changed.drainPermits();
    try {
      var made =
          new PodLogs(
              arguments.client(),
              context,
              metrics,
              targets(arguments),
              Fanout.to(arguments.forwardTo()));
      logs = made;
      return made;
    } catch (ComponentException e) {
      throw new IllegalStateException("checked when they were taken", e);
    }
  }

  @Override
  public synchronized void update(Arguments newArguments) throws ComponentException {
    List<LogTarget> targets = targets(newArguments);
    boolean same = newArguments.client().equals(arguments.client());
    arguments = newArguments;
    PodLogs current = logs;
    if (current != null && same) {
      current.update(targets, Fanout.to(newArguments.forwardTo()));
    } else if (current != null) {
      changed.release();
    }
  }

  @Override
  public Optional<Health> health() {
    PodLogs current = logs;
    return current == null ? Optional.empty() : Optional.of(current.health());
  }

  @Override
  public Optional<Record> debugInfo() {
    PodLogs current = logs;
    return current == null ? Optional.empty() : Optional.of(current.debugInfo());
  }
}
