package dev.weir.operator.render;

import dev.weir.agent.river.Printer;
import dev.weir.agent.river.Statement;
import dev.weir.agent.river.Synthetic;
import dev.weir.operator.api.Output;
import dev.weir.operator.render.Rendered.RunsOn;
import java.util.ArrayList;
import java.util.List;

/// Makes the River of a pipeline. A pure function: the same input gives the same text.
///
/// Thread-safe.
public final class Renderer {
  private Renderer() {}

  /// Checks a pipeline and renders it.
  public static Rendered render(RenderInput input) {
    RunsOn runsOn = input.spec().input().events() == null ? RunsOn.NODES : RunsOn.SINGLETON;
    List<Statement> statements = new ArrayList<>();
    List<Output> outputs = input.spec().outputs();
    statements.add(Envelope.of(input));
    for (int i = 0; i < outputs.size(); i++) {
      statements.addAll(Chain.of(input, outputs.get(i), i));
    }
    return Rendered.of(Printer.print(Synthetic.body(statements)), List.of(), runsOn);
  }
}
