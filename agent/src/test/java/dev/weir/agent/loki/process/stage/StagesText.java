package dev.weir.agent.loki.process.stage;

import dev.weir.agent.river.Block;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.river.Parser;
import dev.weir.agent.river.SourceFile;
import dev.weir.agent.river.eval.BlockFamilyField;
import dev.weir.agent.river.eval.Decoder;
import dev.weir.agent.river.eval.NamedBlock;
import dev.weir.agent.river.eval.Scope;
import java.util.List;

/// Stages as a user writes them.
public final class StagesText {
  record Stages(
      @BlockFamilyField(prefix = "stage", family = StageTypes.class) List<NamedBlock> stages) {}

  private StagesText() {}

  /// Decodes `stage.*` blocks.
  public static List<NamedBlock> decode(String text) throws DiagnosticsException {
    var file = Parser.parse(SourceFile.of("test.river", "test {\n" + text + "\n}\n"));
    var block = (Block) file.body().statements().getFirst();
    return Decoder.decode(block, Stages.class, Scope.EMPTY).stages();
  }

  /// The message that decoding ends with.
  static String errorOf(String text) {
    try {
      decode(text);
      return "";
    } catch (DiagnosticsException e) {
      return e.diagnostics().getFirst().message();
    }
  }
}
