package dev.weir.operator.reconcile;

/// Whether the caches are complete. A plan from half of the pipelines would take the others off the
/// agents.
@FunctionalInterface
interface Gate {
  boolean open();
}
