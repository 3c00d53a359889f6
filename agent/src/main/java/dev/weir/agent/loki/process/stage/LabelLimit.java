package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Entry;
import io.micrometer.core.instrument.Counter;

/// `stage.limit` with a limit for every value of a label.
final class LabelLimit implements Stage {
  private final String label;
  private final StageContext context;
  private final LimitsByValue limits;

  LabelLimit(LimitStage.Arguments arguments, StageContext context) {
    this.context = context;
    label = arguments.byLabelName();
    limits = context.shared(() -> new LimitsByValue(arguments, context.metrics()));
  }

  @Override
  public void process(Entry entry, Output out) {
    String value = entry.labels().get(label);
    if (value != null) {
      LimitsByValue.Limit limit = limits.of(value);
      if (!limit.rate().take(context.nanoTime())) {
        context.dropped(LimitStage.REASON, 1);
        Counter counter = limits.dropped(value, limit);
        counter.increment();
        return;
      }
    }
    out.emit(entry);
  }
}
