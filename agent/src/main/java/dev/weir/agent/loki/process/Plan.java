package dev.weir.agent.loki.process;

import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.process.stage.StageList;
import java.util.List;

/// What a pipeline has been told to do. Immutable.
record Plan(StageList stages, List<Receiver> forwardTo) {}
