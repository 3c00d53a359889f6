package dev.weir.agent.discovery.kubernetes;

import dev.weir.agent.component.Component;
import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.ComponentType;
import dev.weir.agent.component.Health;
import dev.weir.agent.component.OwnedThread;
import dev.weir.agent.component.Stability;
import dev.weir.agent.kubernetes.ClientArguments;
import dev.weir.agent.river.eval.BlockField;
import dev.weir.agent.river.eval.Default;
import dev.weir.agent.river.eval.Squash;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Exports objects of a cluster as targets, and knows of changes at once.
public final class DiscoveryKubernetes implements Component<DiscoveryKubernetes.Arguments> {
  public static final ComponentType<Arguments> TYPE =
      new ComponentType<>(
          "discovery.kubernetes",
          Stability.GENERALLY_AVAILABLE,
          Arguments.class,
          Exports.class,
          DiscoveryKubernetes::new);

  /// What the block holds.
  ///
  /// @param role which objects become targets
  /// @param namespaces where to look; everywhere without it
  /// @param selectors of the objects that the role looks at, one per kind
  /// @param attachMetadata what else targets are labelled with
  public record Arguments(
      Role role,
      @Squash ClientArguments client,
      @BlockField @Nullable Namespaces namespaces,
      @BlockField List<Selector> selectors,
      @BlockField @Nullable AttachMetadata attachMetadata) {
    public Arguments {
      Set<Role> seen = EnumSet.noneOf(Role.class);
      for (Selector selector : selectors) {
        if (!seen.add(selector.role())) {
          throw new IllegalArgumentException("duplicated selector role: " + selector.role().text());
        }
        if (!role.watched().contains(selector.role())) {
          String allowed =
              role.watched().stream().map(Role::text).collect(Collectors.joining(", "));
          throw new IllegalArgumentException(
              role.text() + " role supports only " + allowed + " selectors");
        }
      }
    }

    boolean attachesNodes() {
      return attachMetadata != null && attachMetadata.node();
    }

    boolean attachesNamespaces() {
      return attachMetadata != null && attachMetadata.namespace();
    }
  }

  /// Where to look; everywhere without it.
  ///
  /// @param ownNamespace whether to look in the namespace that the agent runs in
  /// @param names of namespaces to look in; empty for all
  public record Namespaces(
      @Default("false") boolean ownNamespace, @Default("[]") List<String> names) {}

  /// Which objects of one kind, as the API server's own selectors choose.
  ///
  /// @param role the kind of objects it chooses from
  /// @param label `app=web,tier!=cache`; empty for all
  /// @param field `spec.nodeName=worker-1`; empty for all
  public record Selector(Role role, @Default("\"\"") String label, @Default("\"\"") String field) {
    public Selector {
      FieldSelector.parse(field);
    }
  }

  /// What else targets are labelled with.
  ///
  /// @param node labels and annotations of the node, for the roles `pod`, `endpoints` and
  ///   `endpointslice`
  /// @param namespace labels and annotations of the namespace
  public record AttachMetadata(
      @Default("false") boolean node, @Default("false") boolean namespace) {}

  /// What others refer to.
  ///
  /// @param targets with `__address__` and `__meta_kubernetes_*`
  public record Exports(List<Map<String, String>> targets) {}

  private final ComponentContext context;
  private final Semaphore changed = new Semaphore(0);
  private volatile Arguments arguments;
  private volatile @Nullable Discovery discovery;

  DiscoveryKubernetes(Arguments arguments, ComponentContext context) {
    this.context = context;
    this.arguments = arguments;
    context.publish(new Exports(List.of()));
  }

  @Override
  public void run() throws InterruptedException {
    while (true) {
      changed.drainPermits();
      var next = new Discovery(arguments, context);
      discovery = next;
      try (var _ = new OwnedThread(context.id(), next::run)) {
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
    Discovery current = discovery;
    return current == null ? Optional.empty() : Optional.of(current.health());
  }
}
