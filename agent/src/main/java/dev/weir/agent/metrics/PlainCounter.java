package dev.weir.agent.metrics;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/// A number that only grows, under a name that does not end in `_total`: meters cannot have one,
/// and some of Alloy's counters do.
///
/// Thread-safe. Told apart by identity.
public final class PlainCounter implements UserMetrics.Source {
  private final String name;
  private final String help;
  private final LongAdder value = new LongAdder();

  PlainCounter(String name, String help) {
    this.name = name;
    this.help = help;
  }

  /// Adds to it.
  public void add(long more) {
    value.add(more);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String help() {
    return help;
  }

  @Override
  public String type() {
    return "counter";
  }

  @Override
  public void collect(UserMetrics.Samples samples) {
    samples.add("", List.of(), value.doubleValue());
  }
}
