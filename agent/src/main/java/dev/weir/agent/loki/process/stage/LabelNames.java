package dev.weir.agent.loki.process.stage;

/// What may be the name of a label: as in Prometheus since names are UTF-8, all but nothing.
final class LabelNames {
  private LabelNames() {}

  /// @throws IllegalArgumentException when it may not
  static void require(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("invalid label name: " + name);
    }
  }
}
