package dev.weir.agent.loki.process.stage;

import dev.weir.agent.river.eval.NamedBlock;
import java.util.ArrayList;
import java.util.List;

/// Stages as configured, and what the chains made of them share between lanes.
///
/// Thread-safe.
public final class StageList implements SharedState {
  private final List<NamedBlock> blocks;
  private final List<OwnContext> contexts;

  /// @param blocks decoded `stage.*` blocks in order
  /// @param context what every stage sees, but for the state it shares
  public StageList(List<NamedBlock> blocks, StageContext context) {
    this.blocks = List.copyOf(blocks);
    this.contexts = blocks.stream().map(block -> new OwnContext(context)).toList();
  }

  /// The blocks it was made from.
  public List<NamedBlock> blocks() {
    return blocks;
  }

  /// Makes a chain for one lane.
  ///
  /// @param end where what passes all stages goes
  public StageChain chain(Output end) {
    List<Stage> stages = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      NamedBlock block = blocks.get(i);
      stages.add(StageTypes.named(block.name()).create(block.arguments(), contexts.get(i)));
    }
    return new StageChain(stages, end);
  }

  @Override
  public void close() {
    contexts.forEach(OwnContext::close);
  }
}
