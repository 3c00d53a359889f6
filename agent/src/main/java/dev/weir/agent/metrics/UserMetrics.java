package dev.weir.agent.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Metrics that users make, such as with `stage.metrics`, in Prometheus' text formats.
///
/// Unlike meters they are named at will, and series of one name may have different labels.
/// Thread-safe.
public final class UserMetrics {
  /// A metric of one component. Told apart by identity.
  public interface Source {
    /// The whole name, as Prometheus shows it.
    String name();

    /// What it means; may be empty.
    String help();

    /// `counter`, `gauge` or `histogram`.
    String type();

    /// Gives every value there is now.
    void collect(Samples samples);
  }

  /// Takes values.
  @FunctionalInterface
  public interface Samples {
    /// Takes one.
    ///
    /// @param suffix of the name, such as `_sum`
    /// @param labels name, value, name, value...
    void add(String suffix, List<String> labels, double value);
  }

  private record Owned(Source source, List<String> labels) {}

  private final List<Owned> all = new CopyOnWriteArrayList<>();

  /// Shows a metric from now on.
  ///
  /// @param labels of its owner, which go before those of its values: name, value...
  void add(Source source, List<String> labels) {
    all.add(new Owned(source, List.copyOf(labels)));
  }

  void remove(Source source) {
    all.removeIf(owned -> owned.source.equals(source));
  }

  /// The metrics as text, those of one name together.
  ///
  /// @param openMetrics whether counters must be named as OpenMetrics wants it; one that is not is
  ///   said to be of unknown type
  String text(boolean openMetrics) {
    Map<String, List<Owned>> byName = new TreeMap<>();
    all.forEach(
        owned -> byName.computeIfAbsent(owned.source.name(), name -> new ArrayList<>()).add(owned));
    var out = new StringBuilder();
    byName.forEach((name, family) ->
        new UserMetricText(out, openMetrics)
            .write(
                name,
                family.stream()
                    .map(owned -> new UserMetricText.Member(owned.source, owned.labels))
                    .toList()));
    return out.toString();
  }
}
