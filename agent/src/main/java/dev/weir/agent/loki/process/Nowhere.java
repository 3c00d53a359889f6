package dev.weir.agent.loki.process;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Delivery;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Lane;
import dev.weir.agent.loki.process.stage.Output;

/// The end of a pipeline that nothing runs through.
final class Nowhere implements Output {
  static final Output OUTPUT = new Nowhere();

  private Nowhere() {}

  @Override
  public void emit(Entry entry) {}

  @Override
  public void adopt(Delivery held) {
    held.fail();
  }

  @Override
  public Entry fresh() {
    return new Batch(new Lane("nowhere")).add();
  }

  @Override
  public void hurry() {}
}
