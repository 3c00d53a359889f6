package dev.weir.agent.loki.source.kubernetesevents;

import dev.weir.agent.component.Component;
import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.ComponentType;
import dev.weir.agent.component.Health;
import dev.weir.agent.component.OwnedThread;
import dev.weir.agent.component.Stability;
import dev.weir.agent.kubernetes.ClientArguments;
import dev.weir.agent.kubernetes.Clustering;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.river.eval.BlockField;
import dev.weir.agent.river.eval.Default;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Collects the events of a cluster.
public final class LokiSourceKubernetesEvents
    implements Component<LokiSourceKubernetesEvents.Arguments> {
  public static final ComponentType<Arguments> TYPE =
      new ComponentType<>(
          "loki.source.kubernetes_events",
          Stability.GENERALLY_AVAILABLE,
          Arguments.class,
          ComponentType.NoExports.class,
          LokiSourceKubernetesEvents::new);

  /// What the block holds.
  ///
  /// @param forwardTo who gets every entry
  /// @param jobName the label `job`
  /// @param logFormat of the lines: `logfmt` or `json`
  /// @param namespaces empty for all
  /// @param client how to reach the API server
  /// @param clustering taken for Alloy's sake
  public record Arguments(
      List<Receiver> forwardTo,
      @Default("\"loki.source.kubernetes_events\"") String jobName,
      @Default("\"logfmt\"") EventFormat logFormat,
      @Default("[]") List<String> namespaces,
      @BlockField @Default ClientArguments client,
      @BlockField @Nullable Clustering clustering) {
    public Arguments {
      if (jobName.isEmpty()) {
        throw new IllegalArgumentException("job_name must not be an empty string");
      }
    }
  }

  private final ComponentContext context;
  private final Semaphore changed = new Semaphore(0);
  private volatile Arguments arguments;
  private volatile @Nullable EventCollector collector;

  LokiSourceKubernetesEvents(Arguments arguments, ComponentContext context) {
    this.context = context;
    this.arguments = arguments;
  }

  @Override
  public void run() throws InterruptedException {
    while (true) {
      changed.drainPermits();
      var current = new EventCollector(arguments, context);
      collector = current;
      try (var _ = new OwnedThread(context.id(), current::run)) {
        changed.acquire();
      }
    }
  }

  @Override
  public void update(Arguments newArguments) {
    if (!newArguments.equals(arguments)) {
      arguments = newArguments;
      changed.release();
    }
  }

  @Override
  public Optional<Health> health() {
    EventCollector current = collector;
    return current == null ? Optional.empty() : Optional.of(current.health());
  }
}
