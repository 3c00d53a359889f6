package dev.weir.agent.loki;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gives every batch to several receivers, one after the other.
public final class Fanout {
  private Fanout() {}

  /// One receiver for all of a `forward_to`. None at all take everything, to no end.
  public static Receiver to(List<Receiver> receivers) {
    if (receivers.size() == 1) {
      return receivers.getFirst();
    }
    Receiver[] all = receivers.toArray(Receiver[]::new);
    return new Receiver() {
      @Override
      public void accept(Batch batch) throws InterruptedException {
        acceptAll(all, batch);
      }

      @Override
      public @Nullable String holdup() {
        return Fanout.holdup(receivers);
      }
    };
  }

  /// What holds any of several receivers up, or null.
  public static @Nullable String holdup(List<Receiver> receivers) {
    for (Receiver receiver : receivers) {
      String holdup = receiver.holdup();
      if (holdup != null) {
        return holdup;
      }
    }
    return null;
  }

  private static void acceptAll(Receiver[] receivers, Batch batch) throws InterruptedException {
    RuntimeException failure = null;
    for (Receiver receiver : receivers) {
      try {
        receiver.accept(batch);
      } catch (RuntimeException e) {
        // The others get the batch all the same; the source learns that one has not.
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
