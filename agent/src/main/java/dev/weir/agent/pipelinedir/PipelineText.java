package dev.weir.agent.pipelinedir;

import dev.weir.agent.component.Policy;
import dev.weir.agent.river.Block;
import dev.weir.agent.river.Body;
import dev.weir.agent.river.Diagnostic;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.river.Parser;
import dev.weir.agent.river.SourceFile;
import dev.weir.agent.river.Statement;
import dev.weir.agent.river.eval.Decoder;
import dev.weir.agent.river.eval.Scope;
import java.util.List;

/// The text of a pipeline, taken apart and found to stay within what it may do.
///
/// @param body what it runs: all but its first block
public record PipelineText(PipelineBlock block, Policy policy, Body body) {
  private static final String NAME = "pipeline";

  /// Takes a text apart. Evaluates nothing but its first block, opens nothing.
  ///
  /// @throws DiagnosticsException with what is wrong
  public static PipelineText parse(SourceFile source, PipelineSettings settings)
      throws DiagnosticsException {
    Body all = Parser.parse(source).body();
    Block first = first(all);
    // The first block first: who says what may be done must not do what may not be done.
    TextCheck.literal(first);
    PipelineBlock block = decoded(first);
    List<Statement> others = all.statements().subList(1, all.statements().size());
    TextCheck.check(others, block, settings);
    return new PipelineText(block, block.policy(), new Body(others, all.span()));
  }

  private static Block first(Body all) throws DiagnosticsException {
    if (!all.statements().isEmpty()
        && all.statements().getFirst() instanceof Block block
        && block.fullName().equals(NAME)
        && block.label() == null) {
      return block;
    }
    throw new DiagnosticsException(
        Diagnostic.error(all.span(), "a pipeline's file must begin with its block \"pipeline\""));
  }

  private static PipelineBlock decoded(Block block) throws DiagnosticsException {
    try {
      return Decoder.decode(block, PipelineBlock.class, Scope.EMPTY);
    } catch (DiagnosticsException invalid) {
      throw new DiagnosticsException(
          invalid.diagnostics().stream().map(error -> placed(error, block)).toList());
    }
  }

  private static Diagnostic placed(Diagnostic error, Block block) {
    return error.span() != null
        ? error
        : new Diagnostic(error.severity(), block.headerSpan(), error.message(), error.value());
  }
}
