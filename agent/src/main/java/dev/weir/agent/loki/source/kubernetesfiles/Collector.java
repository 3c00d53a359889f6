package dev.weir.agent.loki.source.kubernetesfiles;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.Health;
import dev.weir.agent.component.Report;
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
  private final EndedRuns endedRuns = new EndedRuns(System::nanoTime);
  private @Nullable Set<Path> before;
  private boolean first;

  /// What came of a file, as long as nothing changes that it depends on.
  private record Decision(Plan plan, Facts facts, @Nullable PodLines format) {
    @SuppressWarnings("ReferenceEquality") // A plan is made once for each change.
    boolean holds(Plan otherPlan, Facts otherFacts) {
      return plan == otherPlan && facts.same(otherFacts);
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
    Sources known = sources;
    if (known != null && known.are(now)) {
      return known;
    }
    var made = new Sources(now, context, this::changed);
    sources = made;
    if (known != null) {
      known.close();
    }
    return made;
  }

  private void changed(@Nullable String namespace) {
    if (plan.selection().concerns(namespace)) {
      changed.release();
    }
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
    Listing listing = shared.directory().listing();
    List<PodLogFile> files = listing.files(now.selection().onlyNamespaces());
    boolean again;
    try {
      begin(files, listing.paths());
      settle();
      List<PodLogFile> deleted = deletedTooEarly(files);
      List<Wanted> wanted = wanted(now, files, shared);
      wanted.addAll(wanted(now, deleted, shared));
      OpenLogs open = wanted.isEmpty() ? logs : openLogs(now);
      again = !deleted.isEmpty() || mustLookAgain(wanted);
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
    return again;
  }

  private void settle() {
    OpenLogs open = logs;
    if (open != null) {
      open.settle();
    }
  }

  private boolean mustLookAgain(List<Wanted> wanted) {
    return wanted.stream().anyMatch(each -> each.format() == null)
        || endedRuns.isWaiting(wanted.stream().map(each -> each.file().path()).toList());
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
  private void begin(List<PodLogFile> files, Set<Path> everything) throws IOException {
    Set<Path> all = files.stream().map(PodLogFile::path).collect(Collectors.toSet());
    if (before == null && first) {
      try (Positions positions = Positions.open(positionsFile())) {
        positions.saveAnyway();
      }
      before = everything;
    } else if (before == null) {
      before = Set.of();
    }
    OpenLogs open = logs;
    waitingSince
        .keySet()
        .removeIf(path -> !all.contains(path) && !(open != null && open.holds(path)));
    decisions.keySet().retainAll(all);
    endedRuns.files(files, all);
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
      open =
          new OpenLogs(
              context,
              metrics,
              positions,
              receiver,
              changed::release,
              log -> endedRuns.read(log.file().path(), log.stats().offset()));
      logs = open;
    }
    return open;
  }

  private List<Wanted> wanted(Plan now, List<PodLogFile> files, Sources shared) {
    List<Wanted> wanted = new ArrayList<>();
    for (PodLogFile file : files) {
      if (now.selection().mayWant(file) && !endedRuns.isRead(file)) {
        Facts facts = shared.facts(file);
        Wanted one = facts.complete() ? decide(now, file, facts) : incomplete(now, file, facts);
        if (one != null) {
          wanted.add(one);
        }
      }
    }
    return wanted;
  }

  /// Null when a log is not wanted.
  private @Nullable Wanted decide(Plan now, PodLogFile file, Facts facts) {
    waitingSince.remove(file.path());
    Decision known = decisions.get(file.path());
    if (known == null || !known.holds(now, facts)) {
      known = new Decision(now, facts, format(now, file, facts));
      decisions.put(file.path(), known);
    }
    return wanted(file, facts, known.format());
  }

  private static @Nullable PodLines format(Plan now, PodLogFile file, Facts facts) {
    if (!now.selection().wants(file, facts)) {
      return null;
    }
    PodLines lines = now.streams().of(file, facts);
    return lines.stdout() == null && lines.stderr() == null ? null : lines;
  }

  /// A log of which not all is known: as before if it was, else it waits for a while.
  private @Nullable Wanted incomplete(Plan now, PodLogFile file, Facts facts) {
    Decision known = decisions.get(file.path());
    if (known != null && known.facts().complete()) {
      return decide(now, file, known.facts());
    }
    long since = waitingSince.computeIfAbsent(file.path(), _ -> System.nanoTime());
    if (System.nanoTime() - since < now.arguments().metadataTimeout().toNanos()) {
      return new Wanted(file, null, false);
    }
    return wanted(file, facts, format(now, file, facts));
  }

  private @Nullable Wanted wanted(PodLogFile file, Facts facts, @Nullable PodLines format) {
    return format == null ? null : new Wanted(file, format, endedRuns.hasEnded(file, facts.pod()));
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
    if (known == null && open != null) {
      known = open.problem();
    }
    return known != null || shared == null ? known : shared.problem();
  }

  private String summary() {
    int waiting = metrics.waiting();
    OpenLogs open = logs;
    return "reading %d containers of %d pods on node %s%s%s"
        .formatted(
            metrics.containers(),
            metrics.pods(),
            plan.node(),
            waiting == 0 ? "" : "; " + waiting + " files wait for what their pod is",
            open == null ? "" : open.note());
  }

  Report report() {
    return new Report.Source(
        metrics.pods(),
        metrics.containers(),
        metrics.now(TailStats::lag),
        metrics.oldestSeconds(),
        metrics.lostBytes());
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
