package dev.weir.agent.pipelinedir;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.DoubleAdder;

/// What all pipelines together have done: the few series that there are whatever their number. They
/// only grow, also when a pipeline goes. Thread-safe.
final class Totals {
  private final DoubleAdder sent = new DoubleAdder();
  private final DoubleAdder dropped = new DoubleAdder();
  private final DoubleAdder retries = new DoubleAdder();

  void add(double moreSent, double moreDropped, double moreRetries) {
    sent.add(moreSent);
    dropped.add(moreDropped);
    retries.add(moreRetries);
  }

  void show(MeterRegistry registry) {
    counter(registry, "weir_pipelines_sent_entries_total", "Entries that Loki has taken", sent);
    counter(
        registry, "weir_pipelines_dropped_entries_total", "Entries given up by outputs", dropped);
    counter(registry, "weir_pipelines_retries_total", "Pushes sent another time", retries);
  }

  private static void counter(
      MeterRegistry registry, String name, String help, DoubleAdder source) {
    FunctionCounter.builder(name, source, DoubleAdder::sum)
        .description(help + ", of all pipelines")
        .register(registry);
  }
}
