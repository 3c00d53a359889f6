package dev.weir.agent.tap;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Receiver;
import org.jspecify.annotations.Nullable;

/// A receiver that shows each batch to its sender's taps before it takes it.
///
/// Equal to another one of the same sender and receiver, so that arguments do not differ by it.
record TappedReceiver(TapPoint point, Receiver receiver) implements Receiver {
  @Override
  public void accept(Batch batch) throws InterruptedException {
    point.offer(batch);
    receiver.accept(batch);
  }

  @Override
  public @Nullable String holdup() {
    return receiver.holdup();
  }
}
