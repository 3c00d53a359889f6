package dev.weir.agent.loki.tail;

/// Whether a tail wants a turn at once, and how its reader is woken for it. Thread-safe.
final class Urgency {
  private volatile boolean raised;
  private volatile Runnable wake = () -> {};

  /// Sets how to end the wait of the reader.
  void onRaise(Runnable newWake) {
    wake = newWake;
  }

  void raise() {
    raised = true;
    wake.run();
  }

  /// Whether it was raised; asking clears it.
  boolean take() {
    boolean was = raised;
    if (was) {
      raised = false;
    }
    return was;
  }
}
