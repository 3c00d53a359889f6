package dev.weir.operator.reconcile;

import dev.weir.operator.api.LogAgentClass;
import dev.weir.operator.children.Children;
import java.util.Optional;
import java.util.TreeSet;

/// Why the operator makes no agents for a class.
///
/// @param reason of its condition `Accepted`
record ClassRefusal(String reason, String message) {
  /// @param running version that an agent of the class told, which its image's tag need not tell
  static Optional<ClassRefusal> of(
      LogAgentClass agents, Settings settings, Optional<String> running) {
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
        .or(() -> running.flatMap(told -> Releases.tooNew(":" + told, settings.version())))
        .map(message -> new ClassRefusal("AgentTooNew", message));
  }
}
