package dev.weir.operator.status;

import dev.weir.operator.api.ClassAgents;
import dev.weir.operator.api.LogAgentClassStatus;
import dev.weir.operator.plan.Plan;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The status of a class, as a function of what is known of it.
public final class ClassStatuses {
  private static final String ACCEPTED = "Accepted";
  private static final String READY = "Ready";

  private ClassStatuses() {}

  /// The status of a class that gets no agents, or keeps those it has as they are.
  public static LogAgentClassStatus refused(
      @Nullable LogAgentClassStatus before,
      long generation,
      String reason,
      String message,
      Instant now) {
    var conditions = new Conditions(conditions(before), generation, now);
    conditions.add(READY, "False", reason, message);
    conditions.add(ACCEPTED, "False", reason, message);
    conditions.add("Stalled", "True", reason, message);
    return with(before, generation, conditions, before == null ? null : before.agents());
  }

  /// The status of a class that is to stay as it is.
  public static LogAgentClassStatus paused(
      @Nullable LogAgentClassStatus before, long generation, ClassAgents agents, Instant now) {
    var conditions = new Conditions(conditions(before), generation, now);
    String message = "the class stays as it is until its annotation weir.dev/paused is removed";
    conditions.add(READY, ready(agents) ? "True" : "False", "Paused", message);
    conditions.add(ACCEPTED, "True", "Paused", message);
    return with(before, generation, conditions, agents);
  }

  private static LogAgentClassStatus with(
      @Nullable LogAgentClassStatus before,
      long generation,
      Conditions conditions,
      @Nullable ClassAgents agents) {
    return new LogAgentClassStatus(
        generation,
        conditions.all(),
        before == null ? 0 : before.pipelines(),
        before == null ? 0 : before.accepted(),
        agents,
        before == null ? null : before.revision(),
        before == null ? null : before.version());
  }

  /// The status of a class whose plan was carried out.
  ///
  /// @param version tag or digest of the agents' image
  public static LogAgentClassStatus planned(
      @Nullable LogAgentClassStatus before,
      long generation,
      Plan plan,
      ClassAgents agents,
      String version,
      Instant now) {
    var conditions = new Conditions(conditions(before), generation, now);
    String message = "%d of %d agents are ready".formatted(agents.ready(), agents.desired());
    conditions.add(
        READY,
        ready(agents) ? "True" : "False",
        ready(agents) ? "AgentsReady" : "RolloutInProgress",
        message);
    conditions.add(ACCEPTED, "True", ACCEPTED, "the class is valid");
    if (!ready(agents)) {
      conditions.add("Reconciling", "True", "RolloutInProgress", message);
    }
    return new LogAgentClassStatus(
        generation,
        conditions.all(),
        plan.verdicts().size(),
        plan.running(),
        agents,
        plan.revision(),
        version);
  }

  private static boolean ready(ClassAgents agents) {
    return agents.ready() >= agents.desired() && agents.updated() >= agents.desired();
  }

  private static List<Condition> conditions(@Nullable LogAgentClassStatus status) {
    return status == null ? List.of() : status.conditions();
  }

  /// Whether two statuses say the same.
  public static boolean same(LogAgentClassStatus one, LogAgentClassStatus other) {
    return one.equals(other);
  }
}
