package dev.weir.agent.httpserver;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The memory that the requests of one server may hold at a time, so that senders cannot exhaust
/// the agent's.
///
/// Thread-safe.
public final class MemoryBudget {
  private static final int UNIT = 1024;
  private static final long WAIT_SECONDS = 3;

  private final int units;
  private final Semaphore free;

  public MemoryBudget(long bytes) {
    units = Math.clamp(bytes / UNIT, 1, Integer.MAX_VALUE);
    free = new Semaphore(units, true);
  }

  /// A sixth of the heap: what is under way elsewhere needs the rest.
  public static MemoryBudget ofHeap() {
    return new MemoryBudget(Runtime.getRuntime().maxMemory() / 6);
  }

  /// The part of one request, nothing at first.
  Share share() {
    return new Share();
  }

  /// What one request holds; given back when closed. Belongs to the request's thread.
  public final class Share implements AutoCloseable {
    private int held;

    private Share() {}

    /// Takes more.
    ///
    /// @throws Refusal 413 when it can never be had, 429 when others do not give it back in time
    public void grow(long bytes) throws Refusal, InterruptedException {
      long more = (bytes + UNIT - 1) / UNIT;
      if (more + held > units) {
        throw Refusal.tooLarge((more + held) * UNIT, (long) units * UNIT);
      }
      if (!free.tryAcquire((int) more, WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw new Refusal(429, "too many requests at once");
      }
      held += (int) more;
    }

    @Override
    public void close() {
      free.release(held);
      held = 0;
    }
  }
}
