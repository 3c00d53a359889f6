package dev.weir.agent.loki.relabel;

import dev.weir.agent.component.Component;
import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.ComponentType;
import dev.weir.agent.component.Stability;
import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Fanout;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.Lane;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.metrics.PlainCounter;
import dev.weir.agent.relabel.RelabelCache;
import dev.weir.agent.relabel.Rule;
import dev.weir.agent.relabel.Rules;
import dev.weir.agent.river.eval.BlockField;
import dev.weir.agent.river.eval.Default;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Changes the labels of entries by rules, and drops entries that rules drop or leave without
/// labels. Labels that start with `__` stay.
///
/// Every lane remembers what became of the label sets it has seen.
public final class LokiRelabel implements Component<LokiRelabel.Arguments>, Receiver {
  public static final ComponentType<Arguments> TYPE =
      new ComponentType<>(
          "loki.relabel",
          Stability.GENERALLY_AVAILABLE,
          Arguments.class,
          Exports.class,
          LokiRelabel::new);

  /// What the block holds.
  ///
  /// @param forwardTo who gets the entries that no rule dropped
  /// @param maxCacheSize label sets remembered per lane
  /// @param rule applied in order
  public record Arguments(
      List<Receiver> forwardTo, @Default("10000") int maxCacheSize, @BlockField List<Rule> rule) {
    /// @throws IllegalArgumentException when the size is negative
    public Arguments {
      if (maxCacheSize < 0) {
        throw new IllegalArgumentException("max_cache_size must not be negative");
      }
    }
  }

  /// What others refer to.
  ///
  /// @param receiver of the entries to relabel
  /// @param rules the rules themselves, for `relabel_rules` of sources
  public record Exports(Receiver receiver, Rules rules) {}

  private record Plan(Arguments arguments, Rules rules) {}

  private record LaneCache(Plan plan, RelabelCache cache, Lane.Hook hook) {}

  private final ComponentContext context;
  private final Map<Lane, LaneCache> lanes = new ConcurrentHashMap<>();
  private final PlainCounter processed;
  private final PlainCounter written;
  private final PlainCounter hits;
  private final PlainCounter misses;
  private volatile Plan plan;

  LokiRelabel(Arguments arguments, ComponentContext context) {
    this.context = context;
    processed = counter("loki_relabel_entries_processed", "Total number of log entries processed");
    written = counter("loki_relabel_entries_written", "Total number of log entries forwarded");
    hits = counter("loki_relabel_cache_hits", "Total number of cache hits");
    misses = counter("loki_relabel_cache_misses", "Total number of cache misses");
    context
        .metrics()
        .gauge("loki_relabel_cache_size", "Total size of relabel cache", this, LokiRelabel::cached);
    plan = planOf(arguments);
    context.publish(new Exports(this, plan.rules()));
  }

  private PlainCounter counter(String name, String help) {
    return context.metrics().plainCounter(name, help);
  }

  private double cached() {
    return lanes.values().stream().mapToInt(lane -> lane.cache().size()).sum();
  }

  private static Plan planOf(Arguments arguments) {
    return new Plan(arguments, new Rules(arguments.rule()));
  }

  @Override
  public void accept(Batch batch) throws InterruptedException {
    Plan current = plan;
    RelabelCache cache = cache(batch.lane(), current);
    long hitsBefore = cache.hits();
    long missesBefore = cache.misses();
    Batch out = batch.fork();
    for (int i = 0; i < batch.size(); i++) {
      Entry entry = batch.get(i);
      Optional<Labels> labels = cache.apply(entry.labels());
      if (labels.isPresent() && !labels.get().isEmpty()) {
        Entry copy = out.add();
        copy.copyFrom(entry);
        copy.labels(labels.get());
      }
    }
    processed.add(batch.size());
    hits.add(cache.hits() - hitsBefore);
    misses.add(cache.misses() - missesBefore);
    forward(out, current.arguments().forwardTo());
  }

  @Override
  public @Nullable String holdup() {
    return Fanout.holdup(plan.arguments().forwardTo());
  }

  private void forward(Batch out, List<Receiver> receivers) throws InterruptedException {
    if (out.isEmpty()) {
      return;
    }
    written.add(out.size());
    for (int i = 0; i < receivers.size(); i++) {
      receivers.get(i).accept(out);
    }
  }

  /// A lane's cache, made anew after a change of rules. One thread at a time runs a lane.
  private RelabelCache cache(Lane lane, Plan current) {
    LaneCache known = lanes.get(lane);
    if (known == null || !known.plan().equals(current)) {
      Lane.Hook hook = known == null ? lane.onClose(_ -> lanes.remove(lane)) : known.hook();
      known =
          new LaneCache(
              current, new RelabelCache(current.rules(), current.arguments().maxCacheSize()), hook);
      lanes.put(lane, known);
    }
    return known.cache();
  }

  @Override
  public void run() throws InterruptedException {
    try {
      // All its work is done on its callers' threads.
      new CountDownLatch(1).await();
    } finally {
      lanes.values().forEach(lane -> lane.hook().close());
      lanes.clear();
    }
  }

  @Override
  public void update(Arguments arguments) {
    Plan changed = planOf(arguments);
    plan = changed;
    context.publish(new Exports(this, changed.rules()));
  }
}
