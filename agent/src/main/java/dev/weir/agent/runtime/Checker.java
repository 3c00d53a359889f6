package dev.weir.agent.runtime;

import dev.weir.agent.river.Diagnostic;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.river.eval.Decoder;
import dev.weir.agent.river.eval.LibraryChecker;
import java.util.ArrayList;
import java.util.List;

/// Finds what is wrong with a configuration without running it.
final class Checker {
  private Checker() {}

  static List<Diagnostic> check(RuntimeEnvironment environment, Configuration configuration) {
    Plan plan;
    try {
      plan = Planner.plan(environment, configuration.files());
    } catch (DiagnosticsException invalid) {
      return invalid.diagnostics();
    }
    List<Diagnostic> found = new ArrayList<>();
    for (Definition definition : plan.definitions()) {
      for (Diagnostic error : Decoder.check(definition.block(), definition.arguments())) {
        found.add(
            error.span() != null
                ? error
                : new Diagnostic(
                    error.severity(), definition.block().span(), error.message(), error.value()));
      }
      found.addAll(LibraryChecker.check(definition.block(), environment.evaluation()));
    }
    return found;
  }
}
