package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Delivery;
import dev.weir.agent.loki.Entry;
import java.util.List;

/// Stages linked one to the next, for one lane.
///
/// Not thread-safe.
public final class StageChain {
  private final List<Stage> stages;
  private final Output[] outputs;

  /// @param end where what passes all stages goes
  public StageChain(List<Stage> stages, Output end) {
    this.stages = List.copyOf(stages);
    this.outputs = new Output[stages.size() + 1];
    outputs[stages.size()] = end;
    for (int i = stages.size() - 1; i >= 0; i--) {
      outputs[i] = new Link(stages.get(i), outputs[i + 1]);
    }
  }

  private record Link(Stage stage, Output next) implements Output {
    @Override
    public void emit(Entry entry) {
      stage.process(entry, next);
    }

    @Override
    public void adopt(Delivery held) {
      next.adopt(held);
    }

    @Override
    public Entry fresh() {
      return next.fresh();
    }

    @Override
    public void hurry() {
      next.hurry();
    }
  }

  /// Runs an entry through all stages.
  public void process(Entry entry) {
    outputs[0].emit(entry);
  }

  /// Lets every stage release what is due.
  public void flush(long nowNanos) {
    for (int i = 0; i < stages.size(); i++) {
      stages.get(i).flush(nowNanos, outputs[i + 1]);
    }
  }

  /// Lets every stage release all that it holds, the first one first, so that the later ones see
  /// it.
  public void finish() {
    for (int i = 0; i < stages.size(); i++) {
      stages.get(i).finish(outputs[i + 1]);
    }
  }

  /// The same where the source will read again whatever was not delivered, see [Stage#suspend].
  public void suspend() {
    for (int i = 0; i < stages.size(); i++) {
      stages.get(i).suspend(outputs[i + 1]);
    }
  }
}
