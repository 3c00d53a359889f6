package dev.weir.agent.component;

/// How the owner of a thread waits for its end.
public final class Joining {
  private Joining() {}

  /// Waits until the thread has ended, also while the caller is being interrupted: work that is
  /// bounded, or was told to stop, is never left behind. An interrupt is kept for the caller.
  public static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
