package dev.weir.agent.metrics;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/// A distribution of seconds. Micrometer's own summaries round each value up to a whole number
/// before they choose its bucket, so that 2 ms would count as a second; a timer counts nanoseconds.
final class SecondsSummary implements DistributionSummary {
  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Timer timer;

  private SecondsSummary(Timer timer) {
    this.timer = timer;
  }

  static SecondsSummary register(
      MeterRegistry registry, String name, String help, double[] buckets, Tags tags) {
    return new SecondsSummary(
        Timer.builder(name)
            .description(help)
            .serviceLevelObjectives(
                Arrays.stream(buckets)
                    .mapToObj(seconds -> Duration.ofNanos((long) (seconds * NANOS)))
                    .toArray(Duration[]::new))
            .tags(tags)
            .register(registry));
  }

  @Override
  public void record(double seconds) {
    timer.record((long) (seconds * NANOS), TimeUnit.NANOSECONDS);
  }

  @Override
  public long count() {
    return timer.count();
  }

  @Override
  public double totalAmount() {
    return timer.totalTime(TimeUnit.SECONDS);
  }

  @Override
  public double max() {
    return timer.max(TimeUnit.SECONDS);
  }

  @Override
  public HistogramSnapshot takeSnapshot() {
    return timer.takeSnapshot();
  }

  @Override
  public Id getId() {
    return timer.getId();
  }
}
