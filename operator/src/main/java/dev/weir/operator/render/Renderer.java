package dev.weir.operator.render;

import dev.weir.agent.river.Block;
import dev.weir.agent.river.Body;
import dev.weir.agent.river.Printer;
import dev.weir.agent.river.Statement;
import dev.weir.agent.river.Synthetic;
import dev.weir.operator.api.Reason;
import dev.weir.operator.render.Rendered.RunsOn;
import java.util.ArrayList;
import java.util.List;

/// Makes the River of a pipeline. A pure function: the same input gives the same text.
///
/// Four walls stand between a field and the agents: the checks of the resource, the tree in which
/// texts are nothing but literals, the printer that reads back what it has written, and the agent's
/// own validation of the result.
///
/// Thread-safe.
public final class Renderer {
  private static final int MOST_CHARACTERS = 64 << 10;

  private Renderer() {}

  /// Checks a pipeline and renders it.
  public static Rendered render(RenderInput input) {
    RunsOn runsOn = input.spec().input().events() == null ? RunsOn.NODES : RunsOn.SINGLETON;
    var problems = new Problems();
    SpecChecks.check(input, problems);
    var secrets = new SecretFiles(input);
    if (!problems.isEmpty()) {
      return Rendered.failed(problems.all(), List.of(), runsOn);
    }
    List<Block> chains = chains(input, secrets);
    SecretChecks.check(input, secrets.refs(), problems);
    List<Statement> components = new ArrayList<>(secrets.blocks());
    components.addAll(chains);
    String text = print(input, components, problems);
    return problems.isEmpty()
        ? Rendered.of(text, secrets.refs(), runsOn)
        : Rendered.failed(problems.all(), secrets.refs(), runsOn);
  }

  /// One whole chain per output, so that none waits for another.
  private static List<Block> chains(RenderInput input, SecretFiles secrets) {
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < input.spec().outputs().size(); i++) {
      blocks.addAll(SourceBlocks.of(input, i));
      blocks.add(ProcessBlock.of(input, i));
      blocks.add(WriteBlock.of(input, i, secrets));
    }
    return blocks;
  }

  private static String print(RenderInput input, List<Statement> components, Problems problems) {
    String text = Printer.print(whole(input, components));
    AgentCheck.check(text, Printer.print(Synthetic.body(components)), problems);
    if (text.length() > MOST_CHARACTERS) {
      problems.add(
          Reason.TOO_LARGE,
          "spec",
          "its configuration has "
              + text.length()
              + " characters, more than "
              + MOST_CHARACTERS
              + "; make several pipelines of it");
    }
    return text;
  }

  private static Body whole(RenderInput input, List<Statement> components) {
    List<Statement> statements = new ArrayList<>();
    statements.add(Envelope.of(input));
    statements.addAll(components);
    return Synthetic.body(statements);
  }
}
