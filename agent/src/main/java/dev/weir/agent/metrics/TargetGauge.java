package dev.weir.agent.metrics;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/// A number for each target of a source. Targets are the source's, so their series vanish with
/// them; there are never more than [#MOST], those with the highest values.
///
/// @param samples gives what there is now; called by any thread
public record TargetGauge(String name, String help, Supplier<Collection<Sample>> samples)
    implements UserMetrics.Source {
  /// More than there are containers on a node.
  static final int MOST = 1000;

  /// The number of one target.
  ///
  /// @param labels name, value, name, value...
  public record Sample(List<String> labels, double value) {}

  @Override
  public String type() {
    return "gauge";
  }

  @Override
  public void collect(UserMetrics.Samples to) {
    samples.get().stream()
        .sorted(Comparator.comparingDouble(Sample::value).reversed())
        .limit(MOST)
        .forEach(sample -> to.add("", sample.labels(), sample.value()));
  }
}
