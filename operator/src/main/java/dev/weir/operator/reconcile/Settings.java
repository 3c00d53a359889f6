package dev.weir.operator.reconcile;

import dev.weir.operator.children.ClassFacts;
import java.time.Duration;
import java.util.Set;

/// How an operator works.
///
/// @param watchNamespaces whose LogPipelines it looks after; empty for all
/// @param agentNamespaces where it may make agents
/// @param version of the operator, `0.1.0`
/// @param namespace where the operator runs
/// @param serviceAccount that the operator runs as
/// @param secretsRole ClusterRole that lets the operator read secrets where it is bound
public record Settings(
    Set<String> watchNamespaces,
    Set<String> agentNamespaces,
    String agentImage,
    String version,
    String namespace,
    String serviceAccount,
    String secretsRole,
    ClassFacts.Roles roles,
    Times times) {
  public Settings {
    watchNamespaces = Set.copyOf(watchNamespaces);
    agentNamespaces = Set.copyOf(agentNamespaces);
  }

  /// How long things take.
  ///
  /// @param quiet without a further change before a plan is made
  /// @param longestWait for quiet
  /// @param statusPause between two writes of one pipeline's status
  /// @param secretCheck between two looks at a secret
  /// @param missingSecretCheck between two looks at a secret that is missing
  /// @param secretPrune that an unused value stays with the agents
  /// @param poll between two questions to an agent
  /// @param pollTimeout that an agent may take to answer
  public record Times(
      Duration quiet,
      Duration longestWait,
      Duration statusPause,
      Duration secretCheck,
      Duration missingSecretCheck,
      Duration secretPrune,
      Duration poll,
      Duration pollTimeout) {
    public static final Times USUAL =
        new Times(
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(4),
            Duration.ofSeconds(15),
            Duration.ofMinutes(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(2));
  }
}
