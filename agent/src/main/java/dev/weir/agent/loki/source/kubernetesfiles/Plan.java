package dev.weir.agent.loki.source.kubernetesfiles;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.Policy;
import dev.weir.agent.kubernetes.NodePods;
import dev.weir.agent.loki.source.kubernetesfiles.LokiSourceKubernetesFiles.Arguments;
import java.util.Objects;

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

  /// Whose pods are to be watched.
  NodePods.Place place(ComponentContext context) {
    return new NodePods.Place(arguments.client(), node, "Weir/" + context.agent().version());
  }
}
