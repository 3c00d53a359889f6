package dev.weir.agent.runtime;

import dev.weir.agent.component.AgentSettings;
import dev.weir.agent.component.Buffers;
import dev.weir.agent.component.Policy;
import java.nio.file.Path;

/// What distinguishes one configuration of a process from the others.
///
/// @param moduleId empty for the root, else unique: `team-a.shop`
/// @param storage under which its components keep their state
/// @param policy what its components may do
/// @param buffers memory that they share with those of others
public record Surroundings(String moduleId, Path storage, Policy policy, Buffers buffers) {
  /// Of the configuration that the agent is started with.
  public static Surroundings root(AgentSettings agent) {
    return new Surroundings("", agent.storagePath(), Policy.OPEN, Buffers.UNLIMITED);
  }

  /// The module's path as metrics and the log have it.
  String path() {
    return "/" + moduleId;
  }

  /// A component's id among those of all configurations.
  String globalId(String localId) {
    return moduleId.isEmpty() ? localId : moduleId + "/" + localId;
  }
}
