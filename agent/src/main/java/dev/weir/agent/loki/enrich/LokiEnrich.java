package dev.weir.agent.loki.enrich;

import dev.weir.agent.component.Component;
import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.ComponentType;
import dev.weir.agent.component.Stability;
import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Fanout;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.river.eval.Default;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Copies labels of the target whose label equals that of an entry. Entries without such a target
/// pass as they are.
public final class LokiEnrich implements Component<LokiEnrich.Arguments>, Receiver {
  public static final ComponentType<Arguments> TYPE =
      new ComponentType<>(
          "loki.enrich", Stability.EXPERIMENTAL, Arguments.class, Exports.class, LokiEnrich::new);

  /// What the block holds.
  ///
  /// @param targets whose labels entries get
  /// @param targetMatchLabel whose value in a target equals that of an entry
  /// @param logsMatchLabel the entry's label; named like the target's when empty
  /// @param labelsToCopy all of them when empty
  /// @param forwardTo who gets every entry
  public record Arguments(
      List<Map<String, String>> targets,
      String targetMatchLabel,
      @Default("\"\"") String logsMatchLabel,
      @Default("[]") List<String> labelsToCopy,
      List<Receiver> forwardTo) {
    public Arguments {
      targets = List.copyOf(targets);
      labelsToCopy = List.copyOf(labelsToCopy);
      forwardTo = List.copyOf(forwardTo);
    }
  }

  /// What others refer to.
  ///
  /// @param receiver of the entries to enrich
  public record Exports(Receiver receiver) {}

  /// What entries are changed by.
  private static final class Plan {
    private final String label;
    private final Map<String, Labels> additions = new HashMap<>();
    private final Receiver receiver;

    Plan(Arguments arguments) {
      String match = arguments.targetMatchLabel();
      label = arguments.logsMatchLabel().isEmpty() ? match : arguments.logsMatchLabel();
      receiver = Fanout.to(arguments.forwardTo());
      for (Map<String, String> target : arguments.targets()) {
        String value = target.getOrDefault(match, "");
        if (!value.isEmpty()) {
          additions.put(value, additions(target, arguments.labelsToCopy()));
        }
      }
    }

    private static Labels additions(Map<String, String> target, List<String> names) {
      Labels all = Labels.of(target);
      return names.isEmpty() ? all : all.keeping(names::contains);
    }

    Labels enriched(Labels labels) {
      String value = labels.get(label);
      Labels added = value == null ? null : additions.get(value);
      return added == null ? labels : withAll(labels, added);
    }

    private static Labels withAll(Labels labels, Labels added) {
      Labels result = labels;
      for (int i = 0; i < added.size(); i++) {
        result = result.with(added.name(i), added.value(i));
      }
      return result;
    }
  }

  private volatile Plan plan;

  LokiEnrich(Arguments arguments, ComponentContext context) {
    plan = new Plan(arguments);
    context.publish(new Exports(this));
  }

  @Override
  public void accept(Batch batch) throws InterruptedException {
    Plan current = plan;
    Batch out = batch.fork();
    Labels last = null;
    Labels lastResult = Labels.EMPTY;
    for (int i = 0; i < batch.size(); i++) {
      Entry entry = batch.get(i);
      Entry copy = out.add();
      copy.copyFrom(entry);
      if (!isSame(entry.labels(), last)) {
        last = entry.labels();
        lastResult = current.enriched(last);
      }
      copy.labels(lastResult);
    }
    current.receiver.accept(out);
  }

  @Override
  public @Nullable String holdup() {
    return plan.receiver.holdup();
  }

  /// Entries of one stream nearly always share their labels.
  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(Labels one, @Nullable Labels other) {
    return one == other;
  }

  @Override
  public void run() throws InterruptedException {
    // All its work is done on its callers' threads.
    new CountDownLatch(1).await();
  }

  @Override
  public void update(Arguments arguments) {
    plan = new Plan(arguments);
  }
}
