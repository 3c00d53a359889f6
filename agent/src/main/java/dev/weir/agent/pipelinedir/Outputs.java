package dev.weir.agent.pipelinedir;

import dev.weir.agent.component.Health.State;
import dev.weir.agent.component.Report;
import dev.weir.agent.metrics.ComponentMetrics;
import dev.weir.agent.pipelinedir.PipelineStatus.Output;
import dev.weir.agent.pipelinedir.PipelineStatus.Problem;
import dev.weir.agent.pipelinedir.PipelineStatus.Targets;
import dev.weir.agent.runtime.ModulePart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a pipeline has done, put together from what its components tell.
///
/// Thread-safe.
final class Outputs {
  private static final String WRITE = "loki.write";
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  /// By the id of the component.
  private final Map<String, Counted> counted = new HashMap<>();

  private Map<String, String> names = Map.of();
  private boolean crashed;

  /// What an output had counted when it was last looked at.
  private static final class Counted {
    private final Rate rate = new Rate();
    private double dropped;
    private double retries;

    void sample(ComponentMetrics of, long now, Totals totals) {
      double nowDropped = of.count("loki_write_dropped_entries_total");
      double nowRetries = of.count("loki_write_batch_retries_total");
      double sent = rate.sample(now, of.count("loki_write_sent_entries_total"));
      totals.add(sent, Math.max(0, nowDropped - dropped), Math.max(0, nowRetries - retries));
      dropped = nowDropped;
      retries = nowRetries;
    }
  }

  /// Takes the names of what runs from now on.
  synchronized void of(Running running) {
    Map<String, String> byId = new HashMap<>();
    running.text().block().outputs().forEach((name, label) -> byId.put(WRITE + "." + label, name));
    names = byId;
    counted
        .keySet()
        .removeIf(id -> running.module().parts().stream().noneMatch(p -> p.id().equals(id)));
  }

  /// Takes a sample of all counts.
  synchronized void sample(Running running, long now, Totals totals) {
    boolean anyCrashed = false;
    for (ModulePart part : running.module().parts()) {
      anyCrashed |= part.health().state() == State.EXITED;
      if (part.type().equals(WRITE)) {
        counted.computeIfAbsent(part.id(), _ -> new Counted()).sample(part.metrics(), now, totals);
      }
    }
    crashed = anyCrashed;
  }

  /// Whether a component had ended by itself when the last sample was taken.
  synchronized boolean hasCrashed() {
    return crashed;
  }

  synchronized PipelineStatus status(String file, String id, Situation situation) {
    Running running = situation.running();
    Identity identity = Identity.of(id, running);
    List<ModulePart> parts = running == null ? List.of() : running.module().parts();
    Problem since = situation.problem() != null ? situation.problem() : problem(parts);
    boolean dead =
        situation.problem() == null
            && parts.stream().anyMatch(part -> part.health().state() == State.EXITED);
    return new PipelineStatus(
        file,
        identity.kind(),
        identity.namespace(),
        identity.name(),
        identity.uid(),
        running == null ? "" : running.hash(),
        situation.wantedHash(),
        dead ? PipelineStatus.State.FAILED : situation.state(),
        since,
        targets(parts),
        dropped(parts),
        outputs(parts));
  }

  /// What has gone wrong since it was loaded.
  private static @Nullable Problem problem(List<ModulePart> parts) {
    for (ModulePart part : parts) {
      if (part.health().state() == State.EXITED) {
        return new Problem(Scrub.clean(part.id() + ": " + part.health().message()), 0, 0);
      }
      if (part.evaluation().state() == State.UNHEALTHY) {
        return new Problem(Scrub.clean(part.id() + ": " + part.evaluation().message()), 0, 0);
      }
    }
    return null;
  }

  /// Several sources of one pipeline read the same for several outputs.
  private static Targets targets(List<ModulePart> parts) {
    Targets most = Targets.NONE;
    for (ModulePart part : parts) {
      if (part.report() instanceof Report.Source source) {
        most =
            new Targets(
                Math.max(most.pods(), source.pods()),
                Math.max(most.containers(), source.containers()));
      }
    }
    return most;
  }

  private static Map<String, Long> dropped(List<ModulePart> parts) {
    Map<String, Long> dropped = new TreeMap<>();
    for (ModulePart part : parts) {
      if (!part.type().equals(WRITE)) {
        part.metrics()
            .counts(Outputs::isOfDrops, "reason")
            .forEach((reason, count) -> addTo(dropped, reason, count));
      }
    }
    return dropped;
  }

  private static boolean isOfDrops(String name) {
    return name.endsWith("_dropped_lines_total") || name.endsWith("_dropped_entries_total");
  }

  private static void addTo(Map<String, Long> counts, String reason, double count) {
    if (count > 0) {
      counts.merge(reason, Math.round(count), Long::sum);
    }
  }

  private List<Output> outputs(List<ModulePart> parts) {
    List<Output> outputs = new ArrayList<>();
    for (ModulePart part : parts) {
      if (part.type().equals(WRITE)) {
        outputs.add(output(part, parts));
      }
    }
    return outputs;
  }

  private Output output(ModulePart part, List<ModulePart> parts) {
    Map<String, Long> dropped = new TreeMap<>();
    part.metrics()
        .counts(Outputs::isOfDrops, "reason")
        .forEach((reason, count) -> addTo(dropped, reason, count));
    Counted known = counted.get(part.id());
    Report.Output report =
        part.report() instanceof Report.Output own ? own : new Report.Output(null, null, 0, 0);
    Upstream from = Upstream.of(part.id(), parts);
    String label = part.id().substring(WRITE.length() + 1);
    return new Output(
        names.getOrDefault(part.id(), label),
        Math.round(part.metrics().count("loki_write_sent_entries_total")),
        known == null ? 0 : known.rate.perSecond(MINUTE),
        known == null ? 0 : known.rate.perSecond(5 * MINUTE),
        dropped,
        Math.round(part.metrics().count("loki_write_batch_retries_total")),
        report.lastSuccess(),
        cleaned(report.lastError()),
        from.lagBytes(),
        Math.max(report.oldestUnsentSeconds(), from.oldestUnsentSeconds()),
        from.lostBytes());
  }

  private static Report.@Nullable Failure cleaned(Report.@Nullable Failure failure) {
    return failure == null
        ? null
        : new Report.Failure(failure.code(), Scrub.clean(failure.message()), failure.time());
  }
}
