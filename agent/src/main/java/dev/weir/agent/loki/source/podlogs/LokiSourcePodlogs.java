package dev.weir.agent.loki.source.podlogs;

import dev.weir.agent.component.Component;
import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.ComponentType;
import dev.weir.agent.component.Health;
import dev.weir.agent.component.OwnedThread;
import dev.weir.agent.component.Stability;
import dev.weir.agent.kubernetes.ClientArguments;
import dev.weir.agent.kubernetes.Clustering;
import dev.weir.agent.kubernetes.LabelSelector;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.podlog.PodLogMetrics;
import dev.weir.agent.river.eval.BlockField;
import dev.weir.agent.river.eval.Default;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Collects the logs of pods through the Kubernetes API, as `PodLogs` objects of the cluster say.
public final class LokiSourcePodlogs implements Component<LokiSourcePodlogs.Arguments> {
  public static final ComponentType<Arguments> TYPE =
      new ComponentType<>(
          "loki.source.podlogs",
          Stability.GENERALLY_AVAILABLE,
          Arguments.class,
          ComponentType.NoExports.class,
          LokiSourcePodlogs::new);

  /// What the block holds.
  ///
  /// @param forwardTo who gets every entry
  /// @param tailFromEnd whether lines from before the first start are left out
  /// @param preserveDiscoveredLabels whether entries keep the labels `__meta_*`
  /// @param selector of labels of `PodLogs`
  /// @param client how to reach the API server
  /// @param namespaceSelector of labels of the namespaces that they are in
  /// @param nodeFilter only the pods of one node
  /// @param clustering taken for Alloy's sake
  public record Arguments(
      List<Receiver> forwardTo,
      @Default("false") boolean tailFromEnd,
      @Default("false") boolean preserveDiscoveredLabels,
      @BlockField @Default ClientArguments client,
      @BlockField @Nullable Selector selector,
      @BlockField @Nullable Selector namespaceSelector,
      @BlockField @Nullable NodeFilter nodeFilter,
      @BlockField @Nullable Clustering clustering) {
    /// The node whose pods are read, empty for all.
    String node() {
      return nodeFilter == null || !nodeFilter.enabled() ? "" : nodeFilter.node();
    }

    /// Whether a collector for these arguments can go on with the others.
    boolean sameSource(Arguments other) {
      return client.equals(other.client)
          && node().equals(other.node())
          && tailFromEnd == other.tailFromEnd;
    }
  }

  /// A choice by labels; everything without one.
  ///
  /// @param matchLabels labels that an object must have, with these values
  /// @param matchExpression what must hold besides
  public record Selector(
      @Default("{}") Map<String, String> matchLabels,
      @BlockField List<Expression> matchExpression) {
    public Selector {
      selector(matchLabels, matchExpression);
    }

    static LabelSelector of(@Nullable Selector selector) {
      return selector == null
          ? LabelSelector.parse("")
          : selector(selector.matchLabels, selector.matchExpression);
    }

    private static LabelSelector selector(
        Map<String, String> labels, List<Expression> expressions) {
      return LabelSelector.of(
          labels,
          expressions.stream()
              .map(one -> LabelSelector.Requirement.of(one.key(), one.operator(), one.values()))
              .toList());
    }
  }

  /// The block `match_expression`.
  ///
  /// @param key name of a label
  /// @param values that its value must be one of, or must not
  /// @param operator `In`, `NotIn`, `Exists` or `DoesNotExist`
  public record Expression(String key, String operator, @Default("[]") List<String> values) {}

  /// Only the pods of one node.
  ///
  /// @param enabled whether it is in force
  /// @param nodeName empty for that in the environment variable `NODE_NAME`
  public record NodeFilter(@Default("false") boolean enabled, @Default("\"\"") String nodeName) {
    String node() {
      return nodeName.isEmpty()
          ? Objects.requireNonNullElse(System.getenv("NODE_NAME"), "")
          : nodeName;
    }
  }

  private final ComponentContext context;
  private final PodLogMetrics metrics;
  private final Semaphore changed = new Semaphore(0);
  private Arguments arguments;
  private volatile @Nullable Collector collector;

  LokiSourcePodlogs(Arguments arguments, ComponentContext context) {
    this.context = context;
    this.arguments = arguments;
    this.metrics = new PodLogMetrics(context, "loki_source_podlogs");
  }

  @Override
  public void run() throws InterruptedException {
    while (true) {
      Collector current = newCollector();
      try (var _ = new OwnedThread(context.id(), current::run)) {
        changed.acquire();
      }
    }
  }

  private synchronized Collector newCollector() {
    changed.drainPermits();
    var made = new Collector(arguments, context, metrics);
    collector = made;
    return made;
  }

  @Override
  public synchronized void update(Arguments newArguments) {
    boolean same = newArguments.sameSource(arguments);
    arguments = newArguments;
    Collector current = collector;
    if (current != null && same) {
      current.update(newArguments);
    } else if (current != null) {
      changed.release();
    }
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
