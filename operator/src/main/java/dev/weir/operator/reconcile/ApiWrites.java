package dev.weir.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// Counts what the operator writes, by kind: a loop of writes shows here first. Thread-safe.
final class ApiWrites {
  private final MeterRegistry registry;

  ApiWrites(MeterRegistry registry) {
    this.registry = registry;
  }

  void count(HasMetadata object, String suffix) {
    Counter.builder("weir.operator.api.writes")
        .description("Requests that write, by kind")
        .tag("kind", object.getKind() + suffix)
        .register(registry)
        .increment();
  }
}
