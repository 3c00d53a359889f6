package dev.weir.agent.loki.source.kubernetesfiles;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.Health;
import dev.weir.agent.component.Report;
import dev.weir.agent.kubernetes.NodePod;
import dev.weir.agent.kubernetes.NodePods;
import dev.weir.agent.loki.Fanout;
import dev.weir.agent.loki.positions.Positions;
import dev.weir.agent.loki.source.kubernetesfiles.LokiSourceKubernetesFiles.Arguments;
import dev.weir.agent.loki.source.kubernetesfiles.OpenLogs.Wanted;
import dev.weir.agent.loki.tail.LineFormat.PodLines;
import dev.weir.agent.loki.tail.TailStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Brings together which log files there are, which pods they are of and which are wanted, whenever
/// any of that changes.
///
/// [#run] belongs to the component's thread; the rest may be called by any.
final class Collector {
  private static final long AGAIN = TimeUnit.SECONDS.toNanos(1);

  private final ComponentContext context;
  private final CollectorMetrics metrics;
  private final Semaphore changed = new Semaphore(0);
  private volatile Plan plan;
  private volatile @Nullable Sources sources;
  private volatile @Nullable OpenLogs logs;
  private volatile @Nullable String trouble;
  private volatile boolean looked;

  // Of the component's thread.
  private final Map<Path, Long> waitingSince = new HashMap<>();
  private final Map<Path, Decision> decisions = new HashMap<>();
  private @Nullable Set<Path> before;
  private boolean first;

  /// What came of a file, as long as nothing changes that it depends on.
  private record Decision(Plan plan, @Nullable NodePod pod, @Nullable PodLines format) {
    @SuppressWarnings("ReferenceEquality") // Both are made once for each change.
    boolean holds(Plan otherPlan, @Nullable NodePod otherPod) {
      return plan == otherPlan && pod == otherPod;
    }
  }

  Collector(Arguments arguments, ComponentContext context) {
    this.context = context;
    this.plan = Plan.of(arguments, context.policy());
    this.metrics = new CollectorMetrics(context.metrics());
  }

  void update(Arguments arguments) {
    plan = Plan.of(arguments, context.policy());
    changed.release();
  }

  void run() throws InterruptedException {
    first = Files.notExists(positionsFile());
    try {
      while (true) {
        Plan now = plan;
        boolean again = now.node().isEmpty() ? nodeUnknown() : step(now, sources(now));
        if (again) {
          changed.tryAcquire(AGAIN, TimeUnit.NANOSECONDS);
        } else {
          changed.acquire();
        }
        changed.drainPermits();
      }
    } finally {
      close();
    }
  }

  private boolean nodeUnknown() {
    trouble = "node_name is not set, and neither is the environment variable NODE_NAME";
    return false;
  }

  private void close() {
    closeLogs();
    Sources shared = sources;
    sources = null;
    if (shared != null) {
      shared.close();
    }
  }

  private void closeLogs() {
    OpenLogs open = logs;
    if (open != null) {
      open.close();
      logs = null;
    }
  }

  private Path positionsFile() {
    return context.dataPath().resolve("positions.yml");
  }

  private Sources sources(Plan now) {
    NodePods.Place place = now.place(context);
    Path path = now.arguments().directory();
    Sources known = sources;
    if (known != null && known.are(path, place)) {
      return known;
    }
    var made = new Sources(path, place, changed::release);
    sources = made;
    if (known != null) {
      known.close();
    }
    return made;
  }

  /// Does what is to be done now.
  ///
  /// @return whether it must be looked again soon
  private boolean step(Plan now, Sources shared) throws InterruptedException {
    boolean listed = shared.directory().isListed();
    if (!listed && shared.directory().problem() == null) {
      return false;
    }
    // What comes once a directory that could not be read can be is new.
    List<PodLogFile> files = listed ? shared.directory().files() : List.of();
    boolean again = false;
    try {
      begin(files);
      List<PodLogFile> deleted = deletedTooEarly(files);
      List<Wanted> wanted = wanted(now, files, shared.pods());
      wanted.addAll(wanted(now, deleted, shared.pods()));
      OpenLogs open = wanted.isEmpty() ? logs : openLogs(now);
      again = !deleted.isEmpty();
      if (open != null) {
        open.receiver(Fanout.to(now.arguments().forwardTo()));
        open.reconcile(wanted, path -> startsAtEnd(now, path));
        if (open.isIdle()) {
          closeLogs();
        }
      }
      trouble = null;
      looked = true;
    } catch (IOException e) {
      failed(e);
      return true;
    }
    return again || !waitingSince.isEmpty();
  }

  /// Files that are held open and were deleted before it was known what pod they were of.
  private List<PodLogFile> deletedTooEarly(List<PodLogFile> files) {
    OpenLogs open = logs;
    if (open == null) {
      return List.of();
    }
    List<PodLogFile> held = new ArrayList<>(open.held());
    held.removeAll(files);
    return held;
  }

  private void failed(IOException failure) {
    String message = "positions are not available: " + failure.getMessage();
    if (!message.equals(trouble)) {
      context.log().atError().addKeyValue("err", failure.toString()).log("positions not available");
    }
    trouble = message;
  }

  /// Remembers which files were there before the component, if this is its first start, and that
  /// the next one will not be.
  private void begin(List<PodLogFile> files) throws IOException {
    Set<Path> all = files.stream().map(PodLogFile::path).collect(Collectors.toSet());
    if (before != null) {
      before.retainAll(all);
    } else if (first) {
      try (Positions positions = Positions.open(positionsFile())) {
        positions.saveAnyway();
      }
      before = new HashSet<>(all);
    } else {
      before = new HashSet<>();
    }
    OpenLogs open = logs;
    waitingSince
        .keySet()
        .removeIf(path -> !all.contains(path) && !(open != null && open.holds(path)));
    decisions.keySet().retainAll(all);
  }

  private boolean startsAtEnd(Plan now, Path path) {
    return before != null && before.contains(path) && now.arguments().startAt().equals("end");
  }

  private OpenLogs openLogs(Plan now) throws IOException {
    OpenLogs open = logs;
    if (open == null) {
      Positions positions = Positions.open(positionsFile());
      positions.damage().forEach(damage -> context.log().atError().log(damage));
      var receiver = Fanout.to(now.arguments().forwardTo());
      open = new OpenLogs(context, metrics, positions, receiver, changed::release);
      logs = open;
    }
    return open;
  }

  private List<Wanted> wanted(Plan now, List<PodLogFile> files, NodePods pods) {
    List<Wanted> wanted = new ArrayList<>();
    for (PodLogFile file : files) {
      if (now.selection().mayWant(file)) {
        NodePod pod = pods.find(file.namespace(), file.pod(), file.uid());
        Wanted one = pod == null ? withoutPod(now, file) : withPod(now, file, pod);
        if (one != null) {
          wanted.add(one);
        }
      }
    }
    return wanted;
  }

  private @Nullable Wanted withPod(Plan now, PodLogFile file, NodePod pod) {
    waitingSince.remove(file.path());
    Decision known = decisions.get(file.path());
    if (known == null || !known.holds(now, pod)) {
      PodLines format = null;
      if (now.selection().wants(file, pod)) {
        PodLines lines = now.streams().of(file, pod);
        format = lines.stdout() == null && lines.stderr() == null ? null : lines;
      }
      known = new Decision(now, pod, format);
      decisions.put(file.path(), known);
    }
    return known.format() == null ? null : new Wanted(file, known.format());
  }

  /// A log of a pod that is not known: as before if it was, else it waits for a while.
  private @Nullable Wanted withoutPod(Plan now, PodLogFile file) {
    Decision known = decisions.get(file.path());
    if (known != null && known.pod() != null) {
      return withPod(now, file, known.pod());
    }
    long since = waitingSince.computeIfAbsent(file.path(), _ -> System.nanoTime());
    if (System.nanoTime() - since < now.arguments().metadataTimeout().toNanos()) {
      return new Wanted(file, null);
    }
    return now.selection().needsPod() ? null : new Wanted(file, now.streams().of(file, null));
  }

  Health health() {
    String problem = problem();
    if (problem == null && !looked) {
      String message = "looking for the logs of the node's pods";
      return new Health(Health.State.UNKNOWN, message, context.clock().instant());
    }
    return problem == null
        ? new Health(Health.State.HEALTHY, summary(), context.clock().instant())
        : new Health(Health.State.UNHEALTHY, problem, context.clock().instant());
  }

  private @Nullable String problem() {
    OpenLogs open = logs;
    Sources shared = sources;
    String known = trouble;
    if (known == null && shared != null) {
      known = shared.directory().problem();
    }
    if (known == null && open != null) {
      known = open.problem();
    }
    return known != null || shared == null ? known : shared.pods().problem();
  }

  private String summary() {
    int waiting = metrics.waiting();
    return "reading %d containers of %d pods on node %s%s"
        .formatted(
            metrics.containers(),
            metrics.pods(),
            plan.node(),
            waiting == 0 ? "" : "; " + waiting + " files wait for what their pod is");
  }

  Report report() {
    return new Report.Source(
        metrics.pods(), metrics.containers(), metrics.now(TailStats::lag), 0, metrics.lostBytes());
  }

  DebugInfo debugInfo() {
    OpenLogs open = logs;
    Sources shared = sources;
    return new DebugInfo(
        plan.node(),
        shared != null && shared.pods().hasSynced(),
        open == null ? List.of() : open.info());
  }
}
