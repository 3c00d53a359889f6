package dev.weir.agent.loki.process.stage;

import dev.weir.agent.river.eval.BlockFamily;
import dev.weir.agent.river.eval.Default;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The kinds of metrics that `stage.metrics` makes.
public final class MetricTypes implements BlockFamily {
  /// What all kinds have.
  sealed interface Metric {
    String name();

    String description();

    /// Name of the extracted value.
    String source();

    String prefix();

    /// How long a series stays without a new value.
    Duration maxIdleDuration();

    /// The only text that counts; empty when all do.
    String value();

    /// As Prometheus calls it.
    String type();

    /// What is done with a value: `inc`, `dec`, `add`, `sub`, `set` or `observe`.
    String action();

    /// The name as Prometheus shows it.
    default String fullName() {
      return MetricNames.full(prefix(), name());
    }

    /// The name of the extracted value, also where it is not told.
    default String sourceOrName() {
      return source().isEmpty() ? name() : source();
    }
  }

  /// `metric.counter`.
  ///
  /// @param matchAll whether every entry counts
  /// @param countEntryBytes whether the length of the line is added
  record Counter(
      String name,
      @Default("\"\"") String description,
      @Default("\"\"") String source,
      @Default("\"\"") String prefix,
      @Default("\"5m\"") Duration maxIdleDuration,
      @Default("\"\"") String value,
      String action,
      @Default("false") boolean matchAll,
      @Default("false") boolean countEntryBytes)
      implements Metric {
    Counter {
      MetricNames.check(name, prefix, maxIdleDuration);
      if (!action.equals("inc") && !action.equals("add")) {
        throw new IllegalArgumentException(
            "the 'action' counter field must be either 'inc' or 'add'");
      }
      if (matchAll && !value.isEmpty()) {
        throw new IllegalArgumentException(
            "a 'counter' metric supports either 'match_all' or a 'value', but not both");
      }
      if (countEntryBytes && (!matchAll || !action.equals("add"))) {
        throw new IllegalArgumentException(
            "the 'count_entry_bytes' counter field must be specified along with match_all set to"
                + " true or action set to 'add'");
      }
    }

    @Override
    public String type() {
      return "counter";
    }
  }

  /// `metric.gauge`.
  record Gauge(
      String name,
      @Default("\"\"") String description,
      @Default("\"\"") String source,
      @Default("\"\"") String prefix,
      @Default("\"5m\"") Duration maxIdleDuration,
      @Default("\"\"") String value,
      String action)
      implements Metric {
    private static final List<String> ACTIONS = List.of("set", "inc", "dec", "add", "sub");

    Gauge {
      MetricNames.check(name, prefix, maxIdleDuration);
      if (!ACTIONS.contains(action)) {
        throw new IllegalArgumentException(
            "the 'action' gauge field must be one of the following values: "
                + "[set, inc, dec, add, sub]");
      }
    }

    @Override
    public String type() {
      return "gauge";
    }
  }

  /// `metric.histogram`.
  ///
  /// @param buckets their upper bounds, rising; those of a latency in seconds when empty
  record Histogram(
      String name,
      @Default("\"\"") String description,
      @Default("\"\"") String source,
      @Default("\"\"") String prefix,
      @Default("\"5m\"") Duration maxIdleDuration,
      @Default("\"\"") String value,
      List<Double> buckets)
      implements Metric {
    private static final List<Double> LATENCY =
        List.of(.005, .01, .025, .05, .1, .25, .5, 1.0, 2.5, 5.0, 10.0);

    Histogram {
      MetricNames.check(name, prefix, maxIdleDuration);
      buckets = buckets.isEmpty() ? LATENCY : List.copyOf(buckets);
      for (int i = 1; i < buckets.size(); i++) {
        if (buckets.get(i) <= buckets.get(i - 1)) {
          throw new IllegalArgumentException("histogram buckets must be in increasing order");
        }
      }
    }

    @Override
    public String type() {
      return "histogram";
    }

    @Override
    public String action() {
      return "observe";
    }
  }

  @Override
  public Map<String, Class<? extends Record>> members() {
    return Map.of("counter", Counter.class, "gauge", Gauge.class, "histogram", Histogram.class);
  }
}
