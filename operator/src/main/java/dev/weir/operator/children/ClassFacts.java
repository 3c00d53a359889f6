package dev.weir.operator.children;

import dev.weir.operator.api.LogAgentClassSpec;
import java.util.Set;

/// Everything that decides about the objects of a class, beside its configuration and secrets.
///
/// @param name of the class
/// @param uid of the class, which owns the objects
/// @param defaultImage of agents whose class names none, `REPOSITORY:TAG` or with a digest
/// @param version of the operator
/// @param roles names of the ClusterRoles that the agents are bound to
/// @param operatorNamespace where the operator runs, which asks the agents how they do
/// @param cluster what the cluster offers
/// @param events whether a pipeline reads events, which one agent does for all
/// @param ports of the pipelines' destinations
public record ClassFacts(
    String name,
    String uid,
    LogAgentClassSpec spec,
    String defaultImage,
    String version,
    Roles roles,
    String operatorNamespace,
    ClusterFacts cluster,
    boolean events,
    Set<Integer> ports) {
  public ClassFacts {
    ports = Set.copyOf(ports);
  }

  /// Names of ClusterRoles that exist.
  ///
  /// @param agent reads the pods of a node
  /// @param events reads events of the cluster
  public record Roles(String agent, String events) {}

  /// What a cluster has beside Kubernetes itself.
  public record ClusterFacts(boolean podMonitors, boolean prometheusRules, boolean openShift) {
    public static final ClusterFacts PLAIN = new ClusterFacts(false, false, false);
  }

  String namespace() {
    return spec.namespace();
  }
}
