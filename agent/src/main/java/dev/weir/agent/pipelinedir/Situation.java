package dev.weir.agent.pipelinedir;

import dev.weir.agent.pipelinedir.PipelineStatus.Problem;
import dev.weir.agent.pipelinedir.PipelineStatus.State;
import dev.weir.agent.river.Diagnostic;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.river.Position;
import org.jspecify.annotations.Nullable;

/// How a pipeline stands. Immutable.
///
/// @param wantedHash of the text as it lies there; empty when it cannot be read
/// @param running null when nothing runs
/// @param problem null when the text as it lies there runs
record Situation(String wantedHash, @Nullable Running running, @Nullable Problem problem) {
  static final Situation NEW = new Situation("", null, null);

  State state() {
    if (problem == null && running != null) {
      return State.RUNNING;
    }
    return running == null ? State.FAILED : State.SUPERSEDED;
  }

  Situation refused(String hash, Problem because) {
    return new Situation(hash, running, because);
  }

  static Problem problem(Throwable failure) {
    if (failure instanceof DiagnosticsException invalid) {
      Diagnostic first = invalid.diagnostics().getFirst();
      String message = Scrub.clean(first.message());
      if (first.span() == null) {
        return new Problem(message, 0, 0);
      }
      Position start = first.span().start();
      return new Problem(message, start.line(), start.column());
    }
    String message = failure.getMessage();
    return new Problem(Scrub.clean(message == null ? failure.toString() : message), 0, 0);
  }
}
