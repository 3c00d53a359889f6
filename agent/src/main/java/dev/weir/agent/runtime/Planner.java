package dev.weir.agent.runtime;

import dev.weir.agent.river.Body;
import dev.weir.agent.river.Diagnostic;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.river.Parser;
import dev.weir.agent.river.RiverFile;
import dev.weir.agent.river.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Turns source files into a plan, or into every structural error they have. Evaluates nothing.
final class Planner {
  private Planner() {}

  /// Plans a configuration.
  ///
  /// @throws DiagnosticsException with every error found: those of syntax alone, when there are any
  static Plan plan(RuntimeEnvironment environment, List<SourceFile> files)
      throws DiagnosticsException {
    return planOf(environment, parse(files).stream().map(RiverFile::body).toList());
  }

  /// Plans a configuration that has been parsed.
  ///
  /// @throws DiagnosticsException with every error found
  static Plan planOf(RuntimeEnvironment environment, List<Body> bodies)
      throws DiagnosticsException {
    Definitions definitions = new Definitions(environment);
    bodies.forEach(definitions::addAll);
    List<Diagnostic> errors = new ArrayList<>(definitions.errors());
    Map<String, Definition> byId = definitions.byId();
    Map<String, Set<String>> references = new Wiring(byId, errors).references();
    if (!errors.isEmpty()) {
      throw new DiagnosticsException(errors);
    }
    List<String> order = new Dependencies(references).order();
    return new Plan(order.stream().map(byId::get).toList(), references);
  }

  private static List<RiverFile> parse(List<SourceFile> files) throws DiagnosticsException {
    List<RiverFile> parsed = new ArrayList<>();
    List<Diagnostic> errors = new ArrayList<>();
    for (SourceFile file : files) {
      try {
        parsed.add(Parser.parse(file));
      } catch (DiagnosticsException invalid) {
        errors.addAll(invalid.diagnostics());
      }
    }
    if (!errors.isEmpty()) {
      throw new DiagnosticsException(errors);
    }
    return parsed;
  }
}
