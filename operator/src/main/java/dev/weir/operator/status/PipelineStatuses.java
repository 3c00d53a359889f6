package dev.weir.operator.status;

import dev.weir.operator.api.AgentCounts;
import dev.weir.operator.api.ConditionType;
import dev.weir.operator.api.PipelineStatus;
import dev.weir.operator.api.Reason;
import dev.weir.operator.health.Flow;
import dev.weir.operator.health.PipelineHealth;
import dev.weir.operator.plan.Outcome;
import dev.weir.operator.plan.PipelineFacts;
import dev.weir.operator.plan.Verdict;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The status of a pipeline, as a function of what is known of it.
public final class PipelineStatuses {
  private static final String READY = "Ready";

  private PipelineStatuses() {}

  /// The status of a pipeline whose class does not exist.
  ///
  /// @param before the status until now, null for none
  public static PipelineStatus withoutClass(
      PipelineFacts pipeline, @Nullable PipelineStatus before, Instant now) {
    String name = pipeline.className();
    var accepted =
        new Outcome(
            false,
            Reason.CLASS_NOT_FOUND,
            "spec.classRef.name: there is no LogAgentClass \"%s\". See `kubectl get logagentclasses`; the Helm chart installs one named \"default\"."
                .formatted(name));
    var conditions = new Conditions(conditions(before), pipeline.generation(), now);
    var resolved = new Outcome(true, Reason.RESOLVED, "nothing was looked up");
    var programmed = new Outcome(false, Reason.PENDING, "no agent runs it: its class is missing");
    add(conditions, accepted, resolved, programmed, null);
    return new PipelineStatus(
        pipeline.generation(), name, null, conditions.all(), null, null, List.of());
  }

  /// The status of a pipeline that was decided about.
  ///
  /// @param health null until agents have told of it
  /// @param agents nodes that should have an agent that runs it
  public static PipelineStatus of(
      Verdict verdict,
      @Nullable PipelineHealth health,
      int agents,
      @Nullable PipelineStatus before,
      Instant now) {
    PipelineFacts pipeline = verdict.pipeline();
    var conditions = new Conditions(conditions(before), verdict.generation(), now);
    Flow flow = health == null || verdict.file() == null ? null : health.flow();
    add(
        conditions,
        verdict.accepted(),
        verdict.resolved(),
        programmed(verdict, health, agents),
        flow);
    boolean runs = verdict.file() != null;
    AgentCounts counts = health == null ? new AgentCounts(agents, 0, 0, 0) : health.agents();
    return new PipelineStatus(
        verdict.generation(),
        pipeline.className(),
        verdict.file() == null ? null : verdict.file().hash(),
        conditions.all(),
        runs ? counts : null,
        runs && health != null ? health.targets() : null,
        runs && health != null ? health.outputs() : List.of());
  }

  private static List<Condition> conditions(@Nullable PipelineStatus status) {
    return status == null ? List.of() : status.conditions();
  }

  private static void add(
      Conditions conditions,
      Outcome accepted,
      Outcome resolved,
      Outcome programmed,
      @Nullable Flow flow) {
    Outcome worst =
        List.of(accepted, resolved, programmed).stream()
            .filter(outcome -> !outcome.good())
            .findFirst()
            .orElse(programmed);
    conditions.add(
        ConditionType.READY,
        worst.good(),
        worst.good() ? READY : worst.reason().text(),
        worst.message());
    add(conditions, ConditionType.ACCEPTED, accepted);
    add(conditions, ConditionType.RESOLVED_REFS, resolved);
    add(conditions, ConditionType.PROGRAMMED, programmed);
    if (flow != null) {
      conditions.add(
          ConditionType.FLOW_HEALTHY.text(),
          flow.state().text(),
          flow.reason().text(),
          flow.message());
    }
    if (!accepted.good() && accepted.reason() != Reason.SUSPENDED) {
      conditions.add(ConditionType.STALLED, true, accepted.reason().text(), accepted.message());
    } else if (waiting(programmed) && resolved.good() && accepted.good()) {
      conditions.add(
          ConditionType.RECONCILING, true, programmed.reason().text(), programmed.message());
    }
  }

  private static void add(Conditions conditions, ConditionType type, Outcome outcome) {
    conditions.add(type, outcome.good(), outcome.reason().text(), outcome.message());
  }

  private static boolean waiting(Outcome programmed) {
    return programmed.reason() == Reason.PENDING || programmed.reason() == Reason.CLASS_NOT_READY;
  }

  private static Outcome programmed(Verdict verdict, @Nullable PipelineHealth health, int agents) {
    if (verdict.file() == null) {
      return new Outcome(
          false,
          verdict.paused() ? Reason.PAUSED : Reason.PENDING,
          verdict.paused() ? "paused before it ran" : "no agent runs it");
    }
    String revision = verdict.file().hash();
    if (verdict.superseded()) {
      return new Outcome(
          false,
          Reason.SUPERSEDED,
          "agents go on with revision %s, the last that could run".formatted(revision));
    }
    if (verdict.paused()) {
      return new Outcome(
          true, Reason.PAUSED, "agents stay at revision %s while it is paused".formatted(revision));
    }
    return applied(revision, health, agents);
  }

  private static Outcome applied(String revision, @Nullable PipelineHealth health, int agents) {
    if (agents == 0) {
      return new Outcome(
          false, Reason.CLASS_NOT_READY, "the class has no agents yet, or no node for them");
    }
    if (health == null) {
      return new Outcome(
          false,
          Reason.PENDING,
          "0 of %d agents run revision %s; a change reaches them within 90 seconds"
              .formatted(agents, revision));
    }
    AgentCounts counts = health.agents();
    if (counts.rejected() > 0) {
      return new Outcome(
          false,
          Reason.AGENT_REJECTED,
          "%d of %d agents refuse it: %s"
              .formatted(counts.rejected(), counts.desired(), health.rejection()));
    }
    String count =
        "%d of %d agents run revision %s".formatted(counts.applied(), counts.desired(), revision);
    boolean all = counts.applied() >= counts.desired();
    return new Outcome(all, all ? Reason.APPLIED : Reason.PENDING, count);
  }
}
