package dev.weir.agent.loki.source.kubernetesfiles;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.Policy;
import dev.weir.agent.component.Shared;
import dev.weir.agent.kubernetes.ClusterNamespaces;
import dev.weir.agent.kubernetes.NamespaceFile;
import dev.weir.agent.kubernetes.Namespaces;
import dev.weir.agent.kubernetes.NodePods;
import dev.weir.agent.loki.source.kubernetesfiles.LokiSourceKubernetesFiles.Arguments;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The arguments, and what follows from them. Immutable; told apart by identity.
///
/// @param node whose files they are; empty when nobody has said
record Plan(Arguments arguments, String node, Selection selection, PodStreams streams) {
  /// The variable by which a pod is told its node.
  private static final String NODE_NAME = "NODE_NAME";

  static Plan of(Arguments arguments, Policy policy) {
    String node =
        arguments.nodeName().isEmpty()
            ? Objects.requireNonNullElse(System.getenv(NODE_NAME), "")
            : arguments.nodeName();
    return new Plan(
        arguments, node, new Selection(arguments, policy), new PodStreams(arguments, node));
  }

  /// Where to learn of namespaces; null when nobody asks.
  Shared.@Nullable Lease<? extends Namespaces> namespaces(ComponentContext context) {
    if (!arguments.namespacesFile().isEmpty()) {
      return NamespaceFile.of(Path.of(arguments.namespacesFile()));
    }
    return arguments.namespaceSelector().isEmpty()
        ? null
        : ClusterNamespaces.of(new ClusterNamespaces.Place(arguments.client(), userAgent(context)));
  }

  /// Whether another plan has the same places to look at.
  boolean looksWhere(Plan other) {
    Arguments others = other.arguments;
    return node.equals(other.node)
        && arguments.path().equals(others.path())
        && arguments.client().equals(others.client())
        && arguments.namespacesFile().equals(others.namespacesFile())
        && arguments.namespaceSelector().isEmpty() == others.namespaceSelector().isEmpty();
  }

  private static String userAgent(ComponentContext context) {
    return "Weir/" + context.agent().version();
  }

  /// Whose pods are to be watched.
  NodePods.Place place(ComponentContext context) {
    return new NodePods.Place(arguments.client(), node, userAgent(context));
  }
}
