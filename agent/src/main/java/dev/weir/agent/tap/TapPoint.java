package dev.weir.agent.tap;

import dev.weir.agent.loki.Batch;
import java.util.Arrays;

/// Where the lines that a component passes on can be seen.
///
/// Thread-safe. While nobody looks, a batch costs one read.
final class TapPoint {
  private static final Tap[] NONE = {};

  private final String name;
  private volatile Tap[] taps = NONE;
  private volatile boolean passing;
  private boolean gone;

  TapPoint(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /// Whether the component has anybody to pass lines on to.
  boolean passing() {
    return passing;
  }

  void passing(boolean now) {
    passing = now;
  }

  /// Shows a batch, on the thread that passes it on. Neither blocks nor throws.
  void offer(Batch batch) {
    for (Tap tap : taps) {
      tap.offer(batch);
    }
  }

  /// Adds a tap; false when the component is gone.
  synchronized boolean add(Tap tap) {
    if (gone) {
      return false;
    }
    Tap[] more = Arrays.copyOf(taps, taps.length + 1);
    more[taps.length] = tap;
    taps = more;
    return true;
  }

  @SuppressWarnings("ReferenceEquality") // It is that tap or another one.
  synchronized void remove(Tap tap) {
    taps = Arrays.stream(taps).filter(each -> each != tap).toArray(Tap[]::new);
  }

  synchronized void gone(String reason) {
    gone = true;
    for (Tap tap : taps) {
      tap.end(reason);
    }
  }
}
