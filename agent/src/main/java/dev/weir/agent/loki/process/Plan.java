package dev.weir.agent.loki.process;

import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.process.stage.StageList;
import java.util.List;

/// What a pipeline has been told to do. Immutable.
///
/// @param context of these stages, which ends with them
record Plan(StageList stages, PipelineContext context, List<Receiver> forwardTo) {
  /// The same stages for other receivers.
  Plan to(List<Receiver> others) {
    return new Plan(stages, context, List.copyOf(others));
  }
}
