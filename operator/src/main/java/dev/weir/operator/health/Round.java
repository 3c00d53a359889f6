package dev.weir.operator.health;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.weir.operator.health.AgentReport.OfPipeline;
import dev.weir.operator.plan.Plan;
import dev.weir.operator.plan.Verdict;
import java.util.HashMap;
import java.util.Map;

/// One round of questions to all agents. Answers are added up at once, as those of many agents
/// about many pipelines would fill the memory. Thread-safe.
final class Round {
  @GuardedBy("this")
  private final Map<String, Tally> byUid = new HashMap<>();

  private final Map<String, Plan> plans;

  Round(Map<String, Plan> plans) {
    this.plans = plans;
  }

  /// @param singleton whether the agent is the one that reads events
  synchronized void add(String className, boolean singleton, AgentReport report) {
    Plan plan = plans.get(className);
    if (plan == null) {
      return;
    }
    Map<String, OfPipeline> reports = new HashMap<>();
    for (OfPipeline one : report.pipelines()) {
      if (one.uid() != null) {
        reports.put(one.uid(), one);
      }
    }
    for (Verdict verdict : plan.verdicts().values()) {
      if (verdict.file() != null && verdict.singleton() == singleton) {
        Tally tally = tally(verdict);
        tally.heard();
        OfPipeline one = reports.get(verdict.pipeline().uid());
        if (one != null) {
          tally.add(one, report.node());
        }
      }
    }
  }

  synchronized Tally tally(Verdict verdict) {
    var file = java.util.Objects.requireNonNull(verdict.file());
    return byUid.computeIfAbsent(verdict.pipeline().uid(), _ -> new Tally(file.hash()));
  }

  Map<String, Plan> plans() {
    return plans;
  }
}
