package dev.weir.agent.loki.podlog;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.loki.podlog.DebugInfo.TargetInfo;
import dev.weir.agent.metrics.ComponentMetrics;
import dev.weir.agent.metrics.TargetGauge;
import dev.weir.agent.metrics.TargetGauge.Sample;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a component that reads logs through the API counts. Thread-safe.
public final class PodLogMetrics {
  private static final double MILLIS = 1e3;

  private final Counter entries;
  private final InstantSource clock;
  private volatile Supplier<DebugInfo> targets = () -> new DebugInfo(List.of());
  final AtomicInteger active = new AtomicInteger();
  final LongAdder unparsable = new LongAdder();

  /// @param prefix of all names: `loki_source_kubernetes`
  public PodLogMetrics(ComponentContext context, String prefix) {
    ComponentMetrics metrics = context.metrics();
    clock = context.clock();
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
    showTargets(metrics, prefix);
  }

  private void showTargets(ComponentMetrics metrics, String prefix) {
    metrics.add(
        new TargetGauge(
            prefix + "_target_lag_bytes",
            "Bytes of a container's log text that were read and are not yet confirmed.",
            () -> samples(target -> (double) target.lag())));
    metrics.add(
        new TargetGauge(
            prefix + "_target_lag_seconds",
            "How long the oldest of a container's entries that are not yet confirmed has waited.",
            () -> samples(TargetInfo::lagSeconds)));
    metrics.add(
        new TargetGauge(
            prefix + "_target_last_confirmed_age_seconds",
            "Age of the last line of a container that is confirmed.",
            () -> samples(this::age)));
  }

  /// Shows the targets of another reader from now on.
  void targets(Supplier<DebugInfo> info) {
    targets = info;
  }

  /// Counts entries that were passed on.
  void entries(int count) {
    entries.increment(count);
  }

  private Collection<Sample> samples(Function<TargetInfo, @Nullable Double> value) {
    Map<String, Sample> samples = new LinkedHashMap<>();
    for (TargetInfo target : targets.get().targetsInfo()) {
      Double number = value.apply(target);
      if (number != null) {
        // Several targets of one container differ in labels only.
        samples.merge(
            target.instance(),
            new Sample(List.of("instance", target.instance()), number),
            (one, other) -> one.value() >= other.value() ? one : other);
      }
    }
    return samples.values();
  }

  private @Nullable Double age(TargetInfo target) {
    return target.lastConfirmed().isEmpty()
        ? null
        : Duration.between(Instant.parse(target.lastConfirmed()), clock.instant()).toMillis()
            / MILLIS;
  }
}
