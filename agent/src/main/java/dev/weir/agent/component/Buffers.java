package dev.weir.agent.component;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;

/// Memory for what waits to be delivered, of all that share it. Whoever holds as much as is still
/// free must wait before he takes more: one alone gets half of it, two a third each, and something
/// is always left for those who come. So a dead destination stops its own sources only.
///
/// Thread-safe.
public final class Buffers {
  /// For those who have limits of their own.
  public static final Buffers UNLIMITED = new Buffers(Long.MAX_VALUE);

  /// Arrays kept for the next who needs one for a moment: about one for every processor.
  private static final int KEPT_ARRAYS = 4;

  private static final int LARGEST_KEPT = 3 << 19;
  private static final long LEAST_AT_A_TIME = 64 << 10;
  private static final int PART_AT_A_TIME = 8;

  private final long limit;
  private final AtomicLong used = new AtomicLong();
  private final Deque<byte[]> arrays = new ArrayDeque<>();

  /// @param limit in bytes, passed at most by what was about to be added
  public Buffers(long limit) {
    this.limit = limit;
  }

  /// Whether there is a limit.
  public boolean isLimited() {
    return limit != Long.MAX_VALUE;
  }

  /// Bytes in use by all.
  public long used() {
    return used.get();
  }

  /// A part for one more.
  public Share share() {
    return new Share();
  }

  /// An array for a moment, of at least that length, with anything in it.
  public byte[] borrow(int length) {
    synchronized (arrays) {
      for (var all = arrays.iterator(); all.hasNext(); ) {
        byte[] array = all.next();
        if (array.length >= length) {
          all.remove();
          return array;
        }
      }
    }
    return new byte[length];
  }

  /// Takes one back that came from [#borrow].
  public void giveBack(byte[] array) {
    if (array.length > LARGEST_KEPT) {
      return;
    }
    synchronized (arrays) {
      arrays.addFirst(array);
      if (arrays.size() > KEPT_ARRAYS) {
        arrays.removeLast();
      }
    }
  }

  /// What one holder has. Not thread-safe, but each holder may be on a thread of his own.
  public final class Share {
    private long own;

    private Share() {}

    /// Tells how many bytes he holds now; 0 when he ends.
    public void holds(long bytes) {
      if (bytes == own || !isLimited()) {
        return;
      }
      used.addAndGet(bytes - own);
      own = bytes;
    }

    /// How much he should gather at a time: what he would like, or less where many share.
    public long atATime(long wish) {
      return isLimited()
          ? Math.min(wish, Math.max(LEAST_AT_A_TIME, (limit - used.get()) / PART_AT_A_TIME))
          : wish;
    }

    /// Whether he must wait before he takes more.
    public boolean isUsedUp() {
      return own > 0 && own >= limit - used.get();
    }
  }
}
