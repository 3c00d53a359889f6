package dev.weir.operator.health;

import dev.weir.operator.api.AgentCounts;
import dev.weir.operator.api.OutputStatus;
import dev.weir.operator.api.TargetCounts;
import java.util.List;

/// What all agents of a class together tell of one pipeline.
///
/// @param rejection what an agent that refuses it says, with its node; empty when none does
/// @param lostBytes since the operator began to ask
public record PipelineHealth(
    AgentCounts agents,
    String rejection,
    TargetCounts targets,
    List<OutputStatus> outputs,
    Flow flow,
    long lagBytes,
    long lostBytes) {
  public PipelineHealth {
    outputs = List.copyOf(outputs);
  }
}
