package dev.weir.agent.runtime;

import dev.weir.agent.component.Health;

/// Makes one health of several.
final class Healths {
  private Healths() {}

  /// The worse one; of two equally bad the newer.
  static Health worst(Health first, Health second) {
    int order = first.state().compareTo(second.state());
    if (order == 0) {
      return second.updated().isAfter(first.updated()) ? second : first;
    }
    return order > 0 ? first : second;
  }
}
