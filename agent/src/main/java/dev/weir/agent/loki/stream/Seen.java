package dev.weir.agent.loki.stream;

import dev.weir.agent.loki.positions.StreamPosition;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The lines at the start of a resumed stream that were read before.
///
/// Not thread-safe.
public final class Seen {
  /// Lines behind the place where they should be, after which those missing are given up: their
  /// file is gone.
  private static final int PATIENCE = 100_000;

  private final Map<Long, Integer> left = new HashMap<>();
  private int others;

  public Seen(@Nullable StreamPosition position) {
    if (position != null) {
      position.lines().forEach(hash -> left.merge(hash, 1, Integer::sum));
    }
  }

  /// Whether no line needs to be looked up any more.
  public boolean isDone() {
    return left.isEmpty();
  }

  /// Whether this line was read before; each only once.
  public boolean contains(long hash) {
    Integer count = left.get(hash);
    if (count == null) {
      if (++others > PATIENCE) {
        left.clear();
      }
      return false;
    }
    if (count == 1) {
      left.remove(hash);
    } else {
      left.put(hash, count - 1);
    }
    return true;
  }
}
