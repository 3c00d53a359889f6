package dev.weir.agent.river.eval;

/// Text that is never printed: `toString` gives `(secret)`.
public record Secret(String reveal) {
  @Override
  public String toString() {
    return "(secret)";
  }
}
