package dev.weir.agent.metrics;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/// The meters of one component. Each carries `component_id` and `component_path`, and all are
/// removed when the component goes.
///
/// Names are given whole, as Prometheus shows them (`loki_write_sent_entries_total`). Asking twice
/// for one name and labels gives the same meter. Labels are name, value, name, value...; meters of
/// one name have the same label names.
///
/// Thread-safe. Adding to a counter takes no lock; do it per batch, not per entry.
public final class ComponentMetrics implements AutoCloseable {
  private final MeterRegistry registry;
  private final Tags common;
  private final Set<Meter> meters = ConcurrentHashMap.newKeySet();
  private final UserMetrics userMetrics;
  private final List<String> owner;
  private final Set<UserMetrics.Source> sources = ConcurrentHashMap.newKeySet();

  /// @param path of the module that holds the component, `/` for the root
  public ComponentMetrics(MeterRegistry registry, String id, String path) {
    this.registry = registry;
    this.common = Tags.of("component_id", id, "component_path", path);
    this.owner = List.of("component_id", id, "component_path", path);
    this.userMetrics =
        registry instanceof AgentRegistry own ? own.userMetrics() : new UserMetrics();
  }

  /// Shows a metric that a user makes, until it is removed.
  public void add(UserMetrics.Source source) {
    sources.add(source);
    userMetrics.add(source, owner);
  }

  /// Takes one back.
  public void remove(UserMetrics.Source source) {
    sources.remove(source);
    userMetrics.remove(source);
  }

  /// A number that only grows, whose name does not end in `_total`.
  public PlainCounter plainCounter(String name, String help) {
    var counter = new PlainCounter(name, help);
    add(counter);
    return counter;
  }

  /// A number that only grows; its name ends in `_total`.
  public Counter counter(String name, String help, String... labels) {
    return kept(Counter.builder(name).description(help).tags(tags(labels)).register(registry));
  }

  /// A number that only grows, read from `source` whenever somebody looks; its name ends in
  /// `_total`. Holds `source` weakly: it reads nothing once that is gone.
  @CanIgnoreReturnValue
  public <T> FunctionCounter counter(
      String name, String help, T source, ToDoubleFunction<T> value, String... labels) {
    return kept(
        FunctionCounter.builder(name, source, value)
            .description(help)
            .tags(tags(labels))
            .register(registry));
  }

  /// A number read from `source` whenever somebody looks. Holds `source` strongly.
  @CanIgnoreReturnValue
  public <T> Gauge gauge(
      String name, String help, T source, ToDoubleFunction<T> value, String... labels) {
    return kept(
        Gauge.builder(name, source, value)
            .strongReference(true)
            .description(help)
            .tags(tags(labels))
            .register(registry));
  }

  /// A distribution with fixed upper bounds of its buckets: of seconds where the name ends so, else
  /// of whole numbers.
  public DistributionSummary histogram(
      String name, String help, double[] buckets, String... labels) {
    if (name.endsWith("_seconds")) {
      return kept(SecondsSummary.register(registry, name, help, buckets, tags(labels)));
    }
    return kept(
        DistributionSummary.builder(name)
            .description(help)
            .serviceLevelObjectives(buckets)
            .tags(tags(labels))
            .register(registry));
  }

  /// What the counters with some names count, by the value of one of their labels.
  public Map<String, Double> counts(Predicate<String> names, String label) {
    Map<String, Double> counts = new TreeMap<>();
    for (Meter meter : meters) {
      String value = meter.getId().getTag(label);
      if (value != null && names.test(meter.getId().getName())) {
        counts.merge(value, count(meter), Double::sum);
      }
    }
    return counts;
  }

  /// What the counters of a name count together.
  public double count(String name) {
    double sum = 0;
    for (Meter meter : meters) {
      sum += meter.getId().getName().equals(name) ? count(meter) : 0;
    }
    return sum;
  }

  private static double count(Meter meter) {
    return switch (meter) {
      case Counter counter -> counter.count();
      case FunctionCounter counter -> counter.count();
      default -> 0;
    };
  }

  /// Removes one meter, such as that of a target that is gone.
  public void remove(Meter meter) {
    meters.remove(meter);
    registry.remove(meter);
  }

  /// Removes all of them.
  @Override
  public void close() {
    meters.forEach(registry::remove);
    meters.clear();
    sources.forEach(userMetrics::remove);
    sources.clear();
  }

  private Tags tags(String... labels) {
    return common.and(labels);
  }

  private <M extends Meter> M kept(M meter) {
    meters.add(meter);
    return meter;
  }
}
