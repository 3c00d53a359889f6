package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.river.eval.BlockFamilyField;
import dev.weir.agent.river.eval.NamedBlock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `stage.metrics`: makes metrics of what was extracted, which the agent shows at `/metrics`.
final class MetricsStage implements Stage {
  static final StageType<Arguments> TYPE =
      new StageType<>("metrics", Arguments.class, MetricsStage::new);

  /// @param metrics `metric.counter`, `metric.gauge` and `metric.histogram` blocks
  record Arguments(
      @BlockFamilyField(prefix = "metric", family = MetricTypes.class) List<NamedBlock> metrics) {
    Arguments {
      metrics = List.copyOf(metrics);
    }
  }

  /// The metrics that all lanes feed.
  private static final class Shown implements SharedState {
    private final StageContext context;
    private final Map<String, LineMetric> byName = new LinkedHashMap<>();

    Shown(Arguments arguments, StageContext context) {
      this.context = context;
      for (NamedBlock block : arguments.metrics()) {
        var metric = (MetricTypes.Metric) block.arguments();
        // Of two with one name the last one counts.
        byName.put(metric.name(), new LineMetric(metric, context::nanoTime));
      }
      byName.values().forEach(context.metrics()::add);
    }

    @Override
    public void close() {
      byName.values().forEach(context.metrics()::remove);
    }
  }

  private final StageContext context;
  private final MetricRecorder[] recorders;
  private Labels lastLabels = Labels.EMPTY;

  private MetricsStage(Arguments arguments, StageContext context) {
    this.context = context;
    recorders =
        context.shared(() -> new Shown(arguments, context)).byName.values().stream()
            .map(MetricRecorder::new)
            .toArray(MetricRecorder[]::new);
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // Equal sets are usually one object; another is looked at.
  public void process(Entry entry, Output out) {
    if (entry.labels() != lastLabels) {
      lastLabels = entry.labels();
      for (MetricRecorder recorder : recorders) {
        recorder.forgetSeries();
      }
    }
    long now = context.nanoTime();
    for (MetricRecorder recorder : recorders) {
      recorder.record(entry, now);
    }
    out.emit(entry);
  }
}
