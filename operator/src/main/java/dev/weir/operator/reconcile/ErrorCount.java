package dev.weir.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;

/// Counts reconciliations that failed, by controller. Thread-safe.
final class ErrorCount implements Metrics {
  private final MeterRegistry registry;

  ErrorCount(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void reconciliationFailed(
      HasMetadata resource, RetryInfo retry, Exception exception, Map<String, Object> metadata) {
    Counter.builder("weir.operator.reconcile.errors")
        .description("Reconciliations that failed, to be tried again")
        .tag("controller", resource.getKind().toLowerCase(Locale.ROOT))
        .register(registry)
        .increment();
  }
}
