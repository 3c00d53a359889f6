package dev.weir.operator.render;

import static dev.weir.operator.render.BlockDraft.block;

import dev.weir.agent.river.Block;
import dev.weir.agent.river.Synthetic;
import dev.weir.operator.api.Output;
import java.util.List;
import java.util.Objects;

/// One output's way from the source to Loki. Every output has a whole one, so that none waits for
/// another.
final class Chain {
  private Chain() {}

  static List<Block> of(RenderInput input, Output output, int index) {
    String write = "loki.write.out_" + index + ".receiver";
    Block source =
        block("loki.source.kubernetes_files", "in_" + index)
            .value("forward_to", Synthetic.array(List.of(Synthetic.reference(write))))
            .build();
    Block sink =
        block("loki.write", "out_" + index)
            .add(block("endpoint").text("url", Objects.requireNonNull(output.loki()).url()))
            .build();
    return List.of(source, sink);
  }
}
