package dev.weir.agent.pipelinedir;

import dev.weir.agent.component.Buffers;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.runtime.Module;
import dev.weir.agent.runtime.Outlets;
import dev.weir.agent.runtime.RuntimeEnvironment;
import dev.weir.agent.runtime.Surroundings;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.function.Function;

/// What all pipelines of an agent share.
///
/// @param environment of the agent
/// @param meters take those of the pipelines' components
/// @param state holds a directory for every uid
/// @param buffers what waits for all destinations
/// @param outlets sees what a pipeline's components pass on, by its id
record PipelineHost(
    PipelineSettings settings,
    RuntimeEnvironment environment,
    MeterRegistry meters,
    Path state,
    Uids uids,
    Buffers buffers,
    Function<String, Outlets> outlets) {
  /// A module for a pipeline, with nothing in it.
  Module module(String id, PipelineText text) {
    return new Module(within(id, text), settings.directory().toString());
  }

  /// Builds a text and throws it away.
  ///
  /// @throws DiagnosticsException with every error
  void rehearse(String id, PipelineText text) throws DiagnosticsException, InterruptedException {
    Module.rehearse(within(id, text), text.body(), settings.directory().toString());
  }

  private RuntimeEnvironment within(String id, PipelineText text) {
    Path storage = state.resolve(text.block().uid());
    var surroundings = new Surroundings(id, storage, text.policy(), buffers);
    return environment.within(surroundings, meters, outlets.apply(id));
  }
}
