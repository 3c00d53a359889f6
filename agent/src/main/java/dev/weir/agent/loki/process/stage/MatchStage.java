package dev.weir.agent.loki.process.stage;

import dev.weir.agent.logql.Selector;
import dev.weir.agent.loki.Delivery;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.river.eval.BlockFamilyField;
import dev.weir.agent.river.eval.Default;
import dev.weir.agent.river.eval.NamedBlock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `stage.match`: runs stages of its own on the entries that a selector means, or drops them.
final class MatchStage implements Stage {
  static final StageType<Arguments> TYPE =
      new StageType<>("match", Arguments.class, MatchStage::new);

  /// @param selector matchers of labels and filters of lines, as in LogQL: `{app="x"} |= "y"`
  /// @param action `keep` runs the nested stages on what matches, `drop` drops it
  /// @param pipelineName taken, and without effect
  /// @param dropCounterReason reason that the dropped are counted with
  /// @param stages the stages to run, of any kind
  record Arguments(
      String selector,
      @Default("\"keep\"") String action,
      @Default("\"\"") String pipelineName,
      @Default("\"match_stage\"") String dropCounterReason,
      @BlockFamilyField(prefix = "stage", family = StageTypes.class) List<NamedBlock> stages) {
    Arguments {
      action = action.isEmpty() ? "keep" : action;
      dropCounterReason = dropCounterReason.isEmpty() ? "match_stage" : dropCounterReason;
      if (selector.isEmpty()) {
        throw new IllegalArgumentException("selector statement required for match stage");
      }
      boolean drop = action.equals("drop");
      if (!drop && !action.equals("keep")) {
        throw new IllegalArgumentException("match stage action should be 'keep' or 'drop'");
      }
      if (!drop && stages.isEmpty()) {
        throw new IllegalArgumentException(
            "match stage requires at least one additional stage to be defined in '- stages'");
      }
      if (drop && !stages.isEmpty()) {
        throw new IllegalArgumentException(
            "match stage configured to drop entries cannot contains stages");
      }
      parsed(selector);
    }
  }

  private final Selector selector;
  private final boolean drop;
  private final String reason;
  private final StageContext context;
  private final StageChain nested;
  private final Outside outside = new Outside();
  private Labels lastLabels = Labels.EMPTY;
  private boolean lastMatched;

  /// The end of the nested stages: what follows this one.
  private static final class Outside implements Output {
    private @Nullable Output next;

    private Output next() {
      Output known = next;
      if (known == null) {
        throw new IllegalStateException("a nested stage emits while nothing runs");
      }
      return known;
    }

    @Override
    public void emit(Entry entry) {
      next().emit(entry);
    }

    @Override
    public void adopt(Delivery held) {
      next().adopt(held);
    }

    @Override
    public Entry fresh() {
      return next().fresh();
    }

    @Override
    public void hurry() {
      next().hurry();
    }
  }

  private MatchStage(Arguments arguments, StageContext context) {
    this.context = context;
    selector = parsed(arguments.selector());
    drop = arguments.action().equals("drop");
    reason = arguments.dropCounterReason();
    nested = context.shared(() -> new StageList(arguments.stages(), context)).chain(outside);
    lastMatched = selector.matches(lastLabels);
  }

  private static Selector parsed(String selector) {
    try {
      return Selector.parse(selector);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "invalid selector syntax for match stage: " + e.getMessage(), e);
    }
  }

  @Override
  public void process(Entry entry, Output out) {
    if (!matches(entry)) {
      out.emit(entry);
    } else if (drop) {
      context.dropped(reason, 1);
    } else {
      Labels labels = entry.labels();
      for (int i = 0; i < labels.size(); i++) {
        entry.extracted().put(labels.name(i), labels.value(i));
      }
      outside.next = out;
      nested.process(entry);
    }
  }

  @SuppressWarnings("ReferenceEquality") // Equal sets are usually one object; another is looked at.
  private boolean matches(Entry entry) {
    if (entry.labels() != lastLabels) {
      lastLabels = entry.labels();
      lastMatched = selector.matches(lastLabels);
    }
    return lastMatched && selector.matchesLine(entry);
  }

  @Override
  public void flush(long nowNanos, Output out) {
    outside.next = out;
    nested.flush(nowNanos);
  }

  @Override
  public void finish(Output out) {
    outside.next = out;
    nested.finish();
  }

  @Override
  public void suspend(Output out) {
    outside.next = out;
    nested.suspend();
  }
}
