package dev.weir.agent.loki.source.podlogs;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.Health;
import dev.weir.agent.component.OwnedThread;
import dev.weir.agent.loki.Fanout;
import dev.weir.agent.loki.podlog.PodLogMetrics;
import dev.weir.agent.loki.podlog.PodLogs;
import dev.weir.agent.loki.source.podlogs.DebugInfo.PodLogsInfo;
import dev.weir.agent.loki.source.podlogs.LokiSourcePodlogs.Arguments;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Reads what the cluster's objects say, for as long as the client arguments stay the same.
///
/// [#run] runs on a thread of its own; the rest may be called by any.
final class Collector {
  /// A rollout changes many objects one by one.
  private static final long SHORTEST_INTERVAL = TimeUnit.MILLISECONDS.toNanos(200);

  private final ComponentContext context;
  private final PodLogs logs;
  private final Semaphore changed = new Semaphore(0);
  private final Map<String, String> toldErrors = new HashMap<>();
  private volatile Arguments arguments;
  private volatile @Nullable Discovery discovery;
  private volatile List<PodLogsInfo> infos = List.of();

  Collector(Arguments arguments, ComponentContext context, PodLogMetrics metrics) {
    this.context = context;
    this.arguments = arguments;
    this.logs =
        new PodLogs(
            arguments.client(),
            context,
            metrics,
            List.of(),
            Fanout.to(arguments.forwardTo()),
            arguments.tailFromEnd());
  }

  void update(Arguments newArguments) {
    arguments = newArguments;
    changed.release();
  }

  /// Works until interrupted.
  void run() throws InterruptedException {
    var never = new Semaphore(0);
    try (var found =
        new Discovery(arguments.client(), arguments.node(), context, changed::release)) {
      discovery = found;
      while (!found.hasSynced()) {
        changed.acquire();
      }
      try (var _ = new OwnedThread(context.id() + "/logs", logs::run)) {
        while (true) {
          changed.drainPermits();
          reconcile(found);
          never.tryAcquire(SHORTEST_INTERVAL, TimeUnit.NANOSECONDS);
          changed.acquire();
        }
      }
    }
  }

  private void reconcile(Discovery found) {
    Arguments now = arguments;
    Targets targets = Targets.of(now, context.policy(), found);
    logs.update(targets.targets(), Fanout.to(now.forwardTo()));
    infos = targets.infos();
    for (PodLogsInfo info : infos) {
      tell(info.namespace() + "/" + info.name(), info.reconcileError());
    }
  }

  /// Logs what is wrong with a `PodLogs`, once.
  private void tell(String key, String error) {
    if (!error.equals(toldErrors.put(key, error)) && !error.isEmpty()) {
      context
          .log()
          .atWarn()
          .addKeyValue("podlogs", key)
          .addKeyValue("err", error)
          .log("PodLogs is of no use");
    }
  }

  Health health() {
    Discovery found = discovery;
    String problem = found == null ? null : found.problem();
    if (problem != null) {
      return new Health(Health.State.UNHEALTHY, problem, context.clock().instant());
    }
    return found == null || !found.hasSynced()
        ? new Health(Health.State.UNKNOWN, "looking for PodLogs", context.clock().instant())
        : logs.health();
  }

  DebugInfo debugInfo() {
    return new DebugInfo(infos, logs.debugInfo().targetsInfo());
  }
}
