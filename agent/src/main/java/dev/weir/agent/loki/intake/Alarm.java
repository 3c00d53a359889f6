package dev.weir.agent.loki.intake;

/// Interrupts a thread unless it is called off before. Thread-safe.
final class Alarm {
  private final Thread thread = Thread.currentThread();
  private boolean off;
  private boolean rung;

  /// Interrupts the thread that made it.
  synchronized void ring() {
    if (!off) {
      rung = true;
      thread.interrupt();
    }
  }

  /// Rings no more. Called by the thread that made it; it is not interrupted by this alarm then.
  synchronized void callOff() {
    if (rung && !off) {
      Thread.interrupted();
    }
    off = true;
  }

  synchronized boolean hasRung() {
    return rung;
  }
}
