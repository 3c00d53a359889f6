package dev.weir.agent.loki.source.kubernetesfiles;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.OwnedThread;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.Stall;
import dev.weir.agent.loki.positions.Positions;
import dev.weir.agent.loki.source.kubernetesfiles.DebugInfo.TargetInfo;
import dev.weir.agent.loki.tail.LineFormat.PodLines;
import dev.weir.agent.loki.tail.LongLines;
import dev.weir.agent.loki.tail.Roots;
import dev.weir.agent.loki.tail.Rotation;
import dev.weir.agent.loki.tail.Tail;
import dev.weir.agent.loki.tail.TailEngine;
import dev.weir.agent.loki.tail.TailSettings;
import dev.weir.agent.loki.tail.TailTarget;
import dev.weir.agent.loki.tail.TailTarget.Start;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The logs that a component reads, with a reader and positions of their own: they exist only as
/// long as there is something to be read.
///
/// Changed by the collector's thread; others may look.
final class OpenLogs implements AutoCloseable {
  /// Pods are many and most are quiet; so is a component on most nodes.
  private static final int BUFFER = 64 << 10;

  private static final Pattern DOCKERS =
      Pattern.compile("/containers/([0-9a-f]{64})/\\1-json\\.log(\\.[0-9]+)?(\\.gz)?$");

  private static final PodLines UNKNOWN = new PodLines(null, null, BUFFER, LongLines.SPLIT);

  private final ComponentContext context;
  private final CollectorMetrics metrics;
  private final Runnable onEnd;
  private final Consumer<OpenLog> onFinish;
  private final Positions positions;
  private final TailEngine engine;
  private final OwnedThread running;
  private volatile Receiver receiver;
  private final Map<Path, OpenLog> open = new ConcurrentHashMap<>();
  private final Map<Path, OpenLog> leaving = new ConcurrentHashMap<>();

  /// A log that is to be read.
  ///
  /// @param format null while it is only to be held open
  /// @param finished whether nobody writes to it any more
  record Wanted(PodLogFile file, @Nullable PodLines format, boolean finished) {}

  /// @param onEnd run when a log has ended
  /// @param onFinish told by [#settle] of logs that were finished and are read to their end
  OpenLogs(
      ComponentContext context,
      CollectorMetrics metrics,
      Positions positions,
      Receiver receiver,
      Runnable onEnd,
      Consumer<OpenLog> onFinish) {
    this.context = context;
    this.metrics = metrics;
    this.receiver = receiver;
    this.positions = positions;
    this.onEnd = onEnd;
    this.onFinish = onFinish;
    Duration drain = context.agent().drainTimeout();
    TailSettings usual = TailSettings.of(context.id(), drain);
    var settings =
        new TailSettings(
            context.id(), 1, BUFFER, BUFFER, usual.shortestPoll(), usual.longestPoll(), drain);
    this.engine = new TailEngine(settings, positions, receiver, context.clock(), context.log());
    this.running = new OwnedThread(context.id() + "/positions", engine::run);
  }

  void receiver(Receiver newReceiver) {
    receiver = newReceiver;
    engine.receiver(newReceiver);
  }

  /// Opens what is new, closes what is not wanted, reads the rest of what is gone.
  ///
  /// @param fromEnd whether a log that is new to the positions is read from its end on
  void reconcile(Collection<Wanted> wanted, Predicate<Path> fromEnd) {
    Map<Path, Wanted> byPath = new TreeMap<>();
    wanted.forEach(each -> byPath.put(each.file().path(), each));
    for (OpenLog log : List.copyOf(open.values())) {
      Path path = log.file().path();
      if (!byPath.containsKey(path)) {
        open.remove(path);
        leaving.put(path, log);
        log.close(Files.exists(path) ? Tail.Ending.NOW : Tail.Ending.DRAIN);
      }
    }
    byPath.values().forEach(each -> keep(each, fromEnd));
    forgetDeleted();
  }

  /// Lets go of logs that have ended.
  void settle() {
    leaving.values().removeIf(this::isDone);
  }

  private boolean isDone(OpenLog log) {
    if (!log.hasEnded()) {
      return false;
    }
    metrics.ended(log);
    if (log.isFinished()) {
      onFinish.accept(log);
    }
    return true;
  }

  private void forgetDeleted() {
    for (String key : positions.keys()) {
      Path path = Path.of(key);
      if (!open.containsKey(path) && !leaving.containsKey(path) && !Files.exists(path)) {
        engine.forget(key);
      }
    }
  }

  private void keep(Wanted wanted, Predicate<Path> fromEnd) {
    Path path = wanted.file().path();
    PodLines format = wanted.format();
    OpenLog known = open.get(path);
    if (known != null) {
      if (format != null) {
        known.read(format);
      }
      if (format != null && wanted.finished()) {
        open.remove(path);
        leaving.put(path, known);
        known.finish();
      }
      return;
    }
    if (leaving.containsKey(path)) {
      return;
    }
    var log = new OpenLog(wanted.file(), context.log(), metrics, onEnd);
    log.open(
        engine,
        new TailTarget(
            path.toString(),
            path,
            Files.isSymbolicLink(path) ? Rotation.SIBLINGS : Rotation.KUBELET,
            format == null ? UNKNOWN : format,
            fromEnd.test(path) ? Start.END : Start.BEGINNING,
            null,
            roots(path),
            format == null,
            log),
        format);
    open.put(path, log);
    metrics.opened(log);
  }

  /// The kubelet's own directory, where a path is `NAMESPACE_POD_UID/CONTAINER/NUMBER.log`; or that
  /// of a Docker Engine, to whose files the kubelet makes links. Who may write to the one must not
  /// have other files read.
  private static Roots roots(Path path) {
    Path kubelets = path.resolve("../../..").normalize();
    return Roots.within(
        kubelets.toString(),
        real -> Roots.isBelow(real, kubelets) || DOCKERS.matcher(real.toString()).find());
  }

  /// Files that are held open until it is known what they are.
  List<PodLogFile> held() {
    return open.values().stream().filter(OpenLog::isHeld).map(OpenLog::file).toList();
  }

  /// Whether the file that is, or was, at a path is held open.
  boolean holds(Path path) {
    OpenLog log = open.get(path);
    return log != null && log.isHeld();
  }

  /// Whether there is nothing to read.
  boolean isIdle() {
    return open.isEmpty() && leaving.isEmpty();
  }

  /// What keeps logs from being read, or null.
  @Nullable String problem() {
    String trouble = engine.trouble(context.agent().stallTimeout());
    if (trouble != null) {
      return trouble;
    }
    for (OpenLog log : open.values()) {
      String problem = log.problem();
      if (problem != null) {
        return log.file().path() + ": " + problem;
      }
    }
    return Stall.problem(stall(), receiver);
  }

  private Optional<Stall> stall() {
    return Stall.worst(
        Stream.concat(open.values().stream(), leaving.values().stream())
            .map(OpenLog::stall)
            .toList(),
        context.agent().stallTimeout());
  }

  /// What is to be said of logs that wait, though nothing is wrong here; may be empty.
  String note() {
    return Stall.note(stall(), receiver);
  }

  List<TargetInfo> info() {
    return new TreeMap<>(open).values().stream().map(OpenLog::info).toList();
  }

  /// Stops reading, waits for confirmations, and saves positions.
  @Override
  public void close() {
    running.close();
    open.values().forEach(metrics::ended);
    leaving.values().forEach(metrics::ended);
    try {
      positions.close();
    } catch (IOException e) {
      context.log().atError().addKeyValue("err", e.toString()).log("positions were not saved");
    }
  }
}
