package dev.weir.agent.loki.source.docker;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.loki.source.docker.DebugInfo.TargetInfo;
import dev.weir.agent.metrics.TargetGauge;
import dev.weir.agent.metrics.TargetGauge.Sample;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How far each container is behind.
final class TargetMetrics {
  private static final String PREFIX = "loki_source_docker_target_";
  private static final double MILLIS = 1e3;

  private TargetMetrics() {}

  static void show(ComponentContext context, Supplier<DebugInfo> info) {
    InstantSource clock = context.clock();
    context
        .metrics()
        .add(
            new TargetGauge(
                PREFIX + "lag_bytes",
                "Bytes of a container's log that are not yet confirmed.",
                () -> samples(info.get(), target -> (double) target.lag())));
    context
        .metrics()
        .add(
            new TargetGauge(
                PREFIX + "lag_seconds",
                "How long the oldest line of a container that is not yet confirmed has waited.",
                () -> samples(info.get(), TargetInfo::lagSeconds)));
    context
        .metrics()
        .add(
            new TargetGauge(
                PREFIX + "last_confirmed_age_seconds",
                "Age of the last line that is confirmed of a container that is read from the API.",
                () -> samples(info.get(), target -> age(target, clock))));
  }

  private static Collection<Sample> samples(
      DebugInfo info, Function<TargetInfo, @Nullable Double> value) {
    List<Sample> samples = new ArrayList<>();
    for (TargetInfo target : info.targetsInfo()) {
      Double number = value.apply(target);
      if (number != null && !target.readFrom().isEmpty()) {
        samples.add(
            new Sample(
                List.of("container_id", target.id(), "container_name", target.name()), number));
      }
    }
    return samples;
  }

  private static @Nullable Double age(TargetInfo target, InstantSource clock) {
    return target.lastConfirmed().isEmpty()
        ? null
        : Duration.between(Instant.parse(target.lastConfirmed()), clock.instant()).toMillis()
            / MILLIS;
  }
}
