package dev.weir.agent.component;

/// A virtual thread that ends, by interruption, where its owner closes it.
public final class OwnedThread implements AutoCloseable {
  private final Thread thread;

  /// What it does until it is interrupted.
  @FunctionalInterface
  public interface Work {
    void run() throws InterruptedException;
  }

  public OwnedThread(String name, Work work) {
    thread =
        Thread.ofVirtual()
            .name(name)
            .start(() -> {
              try {
                work.run();
              } catch (InterruptedException e) {
                // Its owner wants it to end.
              }
            });
  }

  /// Interrupts the thread and waits for its end, also while the caller is being interrupted.
  @Override
  public void close() {
    thread.interrupt();
    Joining.join(thread);
  }
}
