package dev.weir.agent.loki.podlog;

import dev.weir.agent.loki.Receiver;
import dev.weir.agent.metrics.ComponentMetrics;
import io.micrometer.core.instrument.Counter;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// What a component that reads logs through the API counts. Thread-safe.
public final class PodLogMetrics {
  private final Counter entries;
  final AtomicInteger active = new AtomicInteger();
  final LongAdder unparsable = new LongAdder();

  /// @param prefix of all names: `loki_source_kubernetes`
  public PodLogMetrics(ComponentMetrics metrics, String prefix) {
    entries =
        metrics.counter(prefix + "_target_entries_total", "Entries collected from containers.");
    metrics.counter(
        prefix + "_target_parsing_errors_total",
        "Lines left out because they came without a time.",
        unparsable,
        LongAdder::doubleValue);
    metrics.gauge(
        prefix + "_targets_active",
        "Containers whose log is being read.",
        active,
        AtomicInteger::get);
  }

  Receiver counting(Receiver receiver) {
    return batch -> {
      int size = batch.size();
      receiver.accept(batch);
      entries.increment(size);
    };
  }
}
