package dev.weir.agent.kubernetes;

/// A `clustering` block: agents that share the work. There is no such thing here yet, and an agent
/// that took all of it in silence would double every line.
///
/// @param enabled must be false: there are no clusters of agents
public record Clustering(boolean enabled) {
  /// @throws IllegalArgumentException when it is wanted
  public Clustering {
    if (enabled) {
      throw new IllegalArgumentException("clustering is not implemented");
    }
  }
}
