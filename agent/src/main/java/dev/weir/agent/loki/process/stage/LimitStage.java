package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Entry;
import dev.weir.agent.river.eval.Default;

/// `stage.limit`: lets so many entries a second pass, all lanes together.
///
/// Entries above that wait, which stops reading, or are dropped.
final class LimitStage implements Stage {
  static final StageType<Arguments> TYPE =
      new StageType<>("limit", Arguments.class, LimitStage::stage);

  /// @param rate entries a second
  /// @param burst entries that may pass at once after a pause
  /// @param drop whether entries above the limit are dropped
  /// @param byLabelName label of which every value has a limit of its own; entries without it have
  ///   none
  /// @param maxDistinctLabels values whose limits are remembered, at least 10000
  record Arguments(
      double rate,
      int burst,
      @Default("false") boolean drop,
      @Default("\"\"") String byLabelName,
      @Default("0") int maxDistinctLabels) {
    Arguments {
      if (!(rate > 0) || burst <= 0) {
        throw new IllegalArgumentException("limit stage failed to parse rate or burst");
      }
      if (!byLabelName.isEmpty() && !drop) {
        throw new IllegalArgumentException("when ratelimiting by label, drop must be true");
      }
    }
  }

  static final String REASON = "ratelimit_drop_stage";

  private final RateLimit limit;
  private final boolean drop;
  private final StageContext context;

  private LimitStage(Arguments arguments, StageContext context) {
    this.context = context;
    drop = arguments.drop();
    limit = context.shared(() -> new RateLimit(arguments.rate(), arguments.burst()));
  }

  private static Stage stage(Arguments arguments, StageContext context) {
    return arguments.byLabelName().isEmpty()
        ? new LimitStage(arguments, context)
        : new LabelLimit(arguments, context);
  }

  @Override
  public void process(Entry entry, Output out) {
    if (!drop) {
      await(out);
    } else if (!limit.take(context.nanoTime())) {
      context.dropped(REASON, 1);
      return;
    }
    out.emit(entry);
  }

  private void await(Output out) {
    long wait = limit.reserve(context.nanoTime());
    if (wait <= 0) {
      return;
    }
    out.hurry();
    try {
      context.pause(wait);
    } catch (InterruptedException e) {
      throw new StageInterruptedException(e);
    }
  }
}
