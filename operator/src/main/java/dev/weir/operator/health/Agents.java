package dev.weir.operator.health;

import dev.weir.operator.plan.Plan;
import java.util.List;
import java.util.Map;

/// What the poll of the agents works on.
public interface Agents {
  /// One agent that can be asked.
  ///
  /// @param address `http://10.0.0.1:12345`
  /// @param singleton whether it is the one that reads events
  record Agent(String className, String pod, String address, boolean singleton) {}

  /// All agents that run at present.
  List<Agent> running();

  /// Nodes that should have an agent.
  int desired(String className);

  /// What the agents should run, by class.
  Map<String, Plan> plans();

  /// Takes what a round found, by uid of the pipeline.
  void told(Map<String, PipelineHealth> health);

  /// An agent told its version.
  void version(String className, String version);
}
