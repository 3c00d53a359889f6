package dev.weir.operator.reconcile;

import dev.weir.operator.api.AgentCounts;
import dev.weir.operator.api.ClassAgents;
import dev.weir.operator.health.PipelineHealth;
import dev.weir.operator.plan.Plan;
import dev.weir.operator.plan.Verdict;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/// What the operator tells Prometheus of pipelines and classes. Filled when it is asked for.
public final class Meters {
  private static final String PREFIX = "weir.operator.";

  private final WeirOperator operator;
  private final MeterRegistry registry;
  private final MultiGauge conditions;
  private final MultiGauge flows;
  private final MultiGauge lag;
  private final MultiGauge certificates;
  private final MultiGauge agents;
  private final MultiGauge budget;
  private final Map<String, Meter> lost = new HashMap<>();

  public Meters(WeirOperator operator, MeterRegistry registry) {
    this.operator = operator;
    this.registry = registry;
    conditions = gauge("pipeline.condition", "1 for the status that a condition has");
    flows = gauge("pipeline.flow", "1 for the reason that FlowHealthy has");
    lag = gauge("pipeline.lag.bytes", "Bytes that wait to be read");
    certificates =
        gauge(
            "pipeline.certificate.expiry.timestamp.seconds",
            "When the first certificate of a pipeline ends");
    agents = gauge("class.agents", "Agents of a class by state");
    budget = gauge("config.budget.ratio", "Part of the fullest ConfigMap that is taken");
    Gauge.builder(PREFIX + "leader", operator, it -> it.leading() ? 1 : 0)
        .description("1 for the operator that works")
        .register(registry);
  }

  private MultiGauge gauge(String name, String description) {
    return MultiGauge.builder(PREFIX + name).description(description).register(registry);
  }

  /// Brings the meters up to date.
  public synchronized void refresh() {
    Board board = operator.board();
    statuses(board);
    var lags = new ArrayList<Row<?>>();
    var ends = new ArrayList<Row<?>>();
    var states = new ArrayList<Row<?>>();
    var budgets = new ArrayList<Row<?>>();
    var seen = new HashMap<String, Tags>();
    for (Plan plan : board.plans().values()) {
      budgets.add(Row.of(Tags.of("class", plan.className()), plan.shards().usage()));
      classes(board, plan, states);
      for (Verdict verdict : plan.verdicts().values()) {
        Tags tags = tags(verdict, plan.className());
        PipelineHealth health = board.health().get(verdict.pipeline().uid());
        if (health != null) {
          lags.add(Row.of(tags, health.lagBytes()));
          seen.put(verdict.pipeline().uid(), tags);
        }
        if (verdict.certificateEnds() > 0) {
          ends.add(Row.of(tags, verdict.certificateEnds()));
        }
      }
    }
    lag.register(lags, true);
    certificates.register(ends, true);
    agents.register(states, true);
    budget.register(budgets, true);
    lost(board, seen);
  }

  private static Tags tags(Verdict verdict, String className) {
    return Tags.of(
        "class", className, "namespace", verdict.key().namespace(), "name", verdict.key().name());
  }

  private void statuses(Board board) {
    var rows = new ArrayList<Row<?>>();
    var reasons = new ArrayList<Row<?>>();
    for (Board.Told told : board.statuses().values()) {
      Tags tags =
          Tags.of(
              "class",
              told.className(),
              "namespace",
              told.key().namespace(),
              "name",
              told.key().name());
      told.status().conditions().stream()
          // Who suspends a pipeline need not be told that it does not run.
          .filter(condition -> !condition.getReason().equals("Suspended"))
          .forEach(condition -> {
            rows.add(
                Row.of(tags.and("type", condition.getType(), "status", condition.getStatus()), 1));
            if (condition.getType().equals("FlowHealthy")) {
              reasons.add(Row.of(tags.and("reason", condition.getReason()), 1));
            }
          });
    }
    conditions.register(rows, true);
    flows.register(reasons, true);
  }

  private static void classes(Board board, Plan plan, List<Row<?>> rows) {
    ClassAgents counts = board.agents(plan.className()).orElse(new ClassAgents(0, 0, 0));
    List<AgentCounts> told =
        plan.verdicts().values().stream()
            .filter(verdict -> verdict.file() != null && !verdict.singleton())
            .map(verdict -> board.health().get(verdict.pipeline().uid()))
            .filter(health -> health != null)
            .map(PipelineHealth::agents)
            .toList();
    rows.add(row(plan, "desired", counts.desired()));
    rows.add(row(plan, "ready", counts.ready()));
    rows.add(row(plan, "outdated", counts.desired() - counts.updated()));
    rows.add(row(plan, "applied", least(told, AgentCounts::applied)));
    rows.add(row(plan, "rejected", most(told, AgentCounts::rejected)));
    rows.add(row(plan, "stale", most(told, AgentCounts::stale)));
  }

  private static Row<?> row(Plan plan, String state, int count) {
    return Row.of(Tags.of("class", plan.className(), "state", state), count);
  }

  private static int least(List<AgentCounts> counts, ToIntFunction<AgentCounts> of) {
    return counts.stream().mapToInt(of).min().orElse(0);
  }

  private static int most(List<AgentCounts> counts, ToIntFunction<AgentCounts> of) {
    return counts.stream().mapToInt(of).max().orElse(0);
  }

  private void lost(Board board, Map<String, Tags> seen) {
    lost.entrySet()
        .removeIf(entry -> {
          boolean gone = !seen.containsKey(entry.getKey());
          if (gone) {
            registry.remove(entry.getValue());
          }
          return gone;
        });
    seen.forEach((uid, tags) ->
        lost.computeIfAbsent(
            uid,
            _ ->
                FunctionCounter.builder(
                        PREFIX + "pipeline.lost.bytes", board, it -> lostBytes(it, uid))
                    .description("Bytes that were removed from nodes before they were read")
                    .tags(tags)
                    .register(registry)));
  }

  private static double lostBytes(Board board, String uid) {
    PipelineHealth health = board.health().get(uid);
    return health == null ? 0 : health.lostBytes();
  }
}
