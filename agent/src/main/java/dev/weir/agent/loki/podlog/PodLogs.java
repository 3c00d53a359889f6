package dev.weir.agent.loki.podlog;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.Health;
import dev.weir.agent.kubernetes.ClientArguments;
import dev.weir.agent.kubernetes.Cluster;
import dev.weir.agent.kubernetes.ServiceAccount;
import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.positions.Positions;
import dev.weir.agent.loki.positions.StreamPosition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Reads the logs of targets for as long as the client arguments stay the same.
///
/// [#run] runs on a thread of its own; the rest may be called by any.
public final class PodLogs {
  private static final long TICK = TimeUnit.SECONDS.toNanos(1);
  private static final long RETRY = TimeUnit.SECONDS.toNanos(5);

  /// Tells of a line that nobody has written.
  private static final List<Long> NO_LINE = List.of(0L);

  private final ClientArguments client;
  private final ComponentContext context;
  private final PodLogMetrics metrics;
  private final boolean fromEnd;
  private final Semaphore changed = new Semaphore(0);
  private volatile List<LogTarget> targets;
  private volatile Receiver receiver;
  private volatile @Nullable LogReaders readers;
  private volatile String problem = "not connected yet";
  private volatile List<String> damage = List.of();

  public PodLogs(
      ClientArguments client,
      ComponentContext context,
      PodLogMetrics metrics,
      List<LogTarget> targets,
      Receiver receiver) {
    this(client, context, metrics, targets, receiver, false);
  }

  /// @param fromEnd whether lines from before the first start of all are left out
  public PodLogs(
      ClientArguments client,
      ComponentContext context,
      PodLogMetrics metrics,
      List<LogTarget> targets,
      Receiver receiver,
      boolean fromEnd) {
    this.fromEnd = fromEnd;
    this.client = client;
    this.context = context;
    this.metrics = metrics;
    this.targets = targets;
    this.receiver = receiver;
    metrics.targets(this::debugInfo);
  }

  /// Reads other targets, or gives entries to another receiver, from now on.
  public void update(List<LogTarget> newTargets, Receiver newReceiver) {
    receiver = newReceiver;
    targets = newTargets;
    changed.release();
  }

  /// Reads until interrupted; then waits for confirmations, as long as allowed.
  public void run() throws InterruptedException {
    var never = new Semaphore(0);
    while (true) {
      String userAgent = "Weir/" + context.agent().version();
      try (Positions positions = positions();
          KubernetesClient api = Cluster.connect(client, ServiceAccount.own(), userAgent)) {
        damage = positions.damage();
        damage.forEach(text -> context.log().atError().log(text));
        problem = "";
        var all =
            new LogReaders(
                new LogApi(api), positions, context, new Entrance(), metrics, since(positions));
        read(all, positions);
      } catch (IOException | RuntimeException | Error e) {
        problem = e instanceof IOException ? String.valueOf(e.getMessage()) : e.toString();
        context.log().atError().addKeyValue("err", problem).log("pod logs cannot be read");
      }
      never.tryAcquire(RETRY, TimeUnit.NANOSECONDS);
    }
  }

  private Positions positions() throws IOException {
    Path file = context.dataPath().resolve("positions.yml");
    ForeignLogs.takeOver(file, context.log());
    return Positions.open(file);
  }

  /// Where to begin in logs without a position; null for their beginning.
  private @Nullable StreamPosition since(Positions positions) {
    if (!fromEnd || !positions.keys().isEmpty()) {
      return null;
    }
    Instant now = context.clock().instant();
    long nanos = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    return new StreamPosition(nanos, NO_LINE);
  }

  /// Whoever gets entries at the moment.
  private final class Entrance implements Receiver {
    @Override
    public void accept(Batch batch) throws InterruptedException {
      Receiver now = receiver;
      int size = batch.size();
      now.accept(batch);
      metrics.entries(size);
    }

    @Override
    public @Nullable String holdup() {
      return receiver.holdup();
    }
  }

  private void read(LogReaders all, Positions positions) throws InterruptedException {
    readers = all;
    try {
      while (true) {
        changed.drainPermits();
        all.read(targets);
        save(positions);
        changed.tryAcquire(TICK, TimeUnit.NANOSECONDS);
      }
    } finally {
      all.stop();
    }
  }

  private void save(Positions positions) {
    try {
      positions.save();
      if (!problem.isEmpty()) {
        problem = "";
      }
    } catch (IOException e) {
      String text = "positions cannot be saved: " + e.getMessage();
      if (!text.equals(problem)) {
        problem = text;
        context.log().atError().addKeyValue("err", e.toString()).log("positions cannot be saved");
      }
    }
  }

  /// How it is going.
  public Health health() {
    LogReaders all = readers;
    String text = problem;
    if (text.isEmpty() && !damage.isEmpty()) {
      text = damage.getFirst();
    }
    if (text.isEmpty() && all != null) {
      text = all.problem();
    }
    boolean healthy = text.isEmpty();
    return new Health(
        healthy ? Health.State.HEALTHY : Health.State.UNHEALTHY,
        healthy ? metrics.active.get() + " containers are read" + note(all) : text,
        context.clock().instant());
  }

  private static String note(@Nullable LogReaders all) {
    return all == null ? "" : all.note();
  }

  /// Every target and how it does.
  public DebugInfo debugInfo() {
    LogReaders all = readers;
    return all == null ? new DebugInfo(List.of()) : all.debugInfo();
  }
}
