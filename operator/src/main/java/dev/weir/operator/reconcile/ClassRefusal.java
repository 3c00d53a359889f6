package dev.weir.operator.reconcile;

import dev.weir.operator.api.LogAgentClass;
import dev.weir.operator.children.Children;
import java.util.Optional;
import java.util.TreeSet;

/// Why the operator makes no agents for a class.
///
/// @param reason of its condition `Accepted`
record ClassRefusal(String reason, String message) {
  static Optional<ClassRefusal> of(LogAgentClass agents, Settings settings) {
    String namespace = agents.getSpec().namespace();
    if (!settings.agentNamespaces().contains(namespace)) {
      return Optional.of(
          new ClassRefusal(
              "NamespaceNotAllowed",
              "spec.namespace: the operator may make agents in %s only. Add %s to the chart's agentNamespaces."
                  .formatted(new TreeSet<>(settings.agentNamespaces()), namespace)));
    }
    String image = Children.image(agents.getSpec(), settings.agentImage());
    return Releases.tooNew(image, settings.version())
        .map(message -> new ClassRefusal("AgentTooNew", message));
  }
}
