package dev.weir.operator.reconcile;

import dev.weir.operator.api.ClassAgents;
import dev.weir.operator.api.PipelineStatus;
import dev.weir.operator.health.PipelineHealth;
import dev.weir.operator.plan.PipelineKey;
import dev.weir.operator.plan.Plan;
import dev.weir.operator.plan.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What the reconcilers and the poll of the agents know, for one another.
///
/// Thread-safe.
public final class Board {
  private final Map<String, Plan> plans = new ConcurrentHashMap<>();
  private final Map<PipelineKey, String> classes = new ConcurrentHashMap<>();
  private final Map<String, ClassAgents> agents = new ConcurrentHashMap<>();
  private final Map<String, Instant> planned = new ConcurrentHashMap<>();
  private final Map<String, Told> statuses = new ConcurrentHashMap<>();
  private final Map<String, String> versions = new ConcurrentHashMap<>();
  private volatile Map<String, PipelineHealth> health = Map.of();

  /// Puts up a plan that was carried out.
  ///
  /// @return the pipelines whose statuses may look different now
  List<PipelineKey> publish(Plan plan) {
    Plan before = plans.put(plan.className(), plan);
    var changed = new ArrayList<PipelineKey>();
    plan.verdicts()
        .forEach((key, verdict) -> {
          classes.put(key, plan.className());
          if (verdict.differs(before == null ? null : before.verdicts().get(key))) {
            changed.add(key);
          }
        });
    return changed;
  }

  /// Takes down what was known of a class.
  ///
  /// @return its pipelines
  List<PipelineKey> forgetClass(String className) {
    agents.remove(className);
    planned.remove(className);
    Plan plan = plans.remove(className);
    return plan == null ? List.of() : List.copyOf(plan.verdicts().keySet());
  }

  /// Whether every class was planned lately.
  boolean fresh(Instant now, Duration longest) {
    return planned.values().stream().allMatch(at -> now.isBefore(at.plus(longest)));
  }

  void planned(String className, Instant at) {
    planned.put(className, at);
  }

  boolean hasPlan(String className) {
    return plans.containsKey(className);
  }

  public Optional<Plan> plan(String className) {
    return Optional.ofNullable(plans.get(className));
  }

  public Map<String, Plan> plans() {
    return Map.copyOf(plans);
  }

  Optional<Verdict> verdict(String className, PipelineKey key) {
    Plan plan = plans.get(className);
    return plan == null ? Optional.empty() : Optional.ofNullable(plan.verdicts().get(key));
  }

  /// The class whose plan had the pipeline last.
  Optional<String> classOf(PipelineKey key) {
    return Optional.ofNullable(classes.get(key));
  }

  void forgetPipeline(PipelineKey key) {
    classes.remove(key);
  }

  /// Puts up how many agents a class has.
  ///
  /// @return the pipelines whose statuses may look different now
  List<PipelineKey> agents(String className, ClassAgents counts) {
    ClassAgents before = agents.put(className, counts);
    Plan plan = plans.get(className);
    return plan == null || (before != null && before.desired() == counts.desired())
        ? List.of()
        : List.copyOf(plan.verdicts().keySet());
  }

  /// How many agents a class has.
  public Optional<ClassAgents> agents(String className) {
    return Optional.ofNullable(agents.get(className));
  }

  /// What was last told of a pipeline.
  public record Told(PipelineKey key, String className, PipelineStatus status) {}

  void told(String uid, Told status) {
    statuses.put(uid, status);
  }

  void untold(String uid) {
    statuses.remove(uid);
  }

  /// The statuses of all pipelines, by uid.
  public Map<String, Told> statuses() {
    return Map.copyOf(statuses);
  }

  /// An agent of a class told its version.
  void version(String className, String version) {
    versions.put(className, version);
  }

  Optional<String> version(String className) {
    return Optional.ofNullable(versions.get(className));
  }

  /// Puts up what the agents told, by uid of the pipeline.
  public void health(Map<String, PipelineHealth> told) {
    health = Map.copyOf(told);
  }

  public Map<String, PipelineHealth> health() {
    return health;
  }

  @Nullable PipelineHealth health(String uid) {
    return health.get(uid);
  }
}
