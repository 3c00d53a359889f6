package dev.weir.agent.loki.source.kubernetesfiles;

import dev.weir.agent.loki.Backlog;
import dev.weir.agent.loki.Stall;
import dev.weir.agent.loki.source.kubernetesfiles.DebugInfo.TargetInfo;
import dev.weir.agent.loki.tail.LineFormat.PodLines;
import dev.weir.agent.loki.tail.Tail;
import dev.weir.agent.loki.tail.TailEngine;
import dev.weir.agent.loki.tail.TailListener;
import dev.weir.agent.loki.tail.TailStats;
import dev.weir.agent.loki.tail.TailStream;
import dev.weir.agent.loki.tail.TailTarget;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// One log file that is open, and how it is doing. Thread-safe; changed by the collector's thread.
final class OpenLog implements TailListener {
  private static final double MILLIS = 1e3;
  private static final TailStats NOTHING = new TailStats(0, 0, 0, 0, 0, 0, 0, 0);

  private final PodLogFile file;
  private final Logger log;
  private final CollectorMetrics metrics;
  private final Runnable onEnd;
  private volatile @Nullable PodLines format;
  private volatile @Nullable Tail tail;
  private volatile @Nullable String problem;
  private volatile boolean ended;
  private volatile boolean confirmed;
  private volatile boolean finishing;

  /// @param onEnd run when it has ended
  OpenLog(PodLogFile file, Logger log, CollectorMetrics metrics, Runnable onEnd) {
    this.file = file;
    this.log = log;
    this.metrics = metrics;
    this.onEnd = onEnd;
  }

  /// Opens it.
  ///
  /// @param newFormat null when it is only to be held
  void open(TailEngine engine, TailTarget target, @Nullable PodLines newFormat) {
    format = newFormat;
    tail = engine.open(target);
  }

  PodLogFile file() {
    return file;
  }

  /// Whether it waits for what its pod is.
  boolean isHeld() {
    return format == null;
  }

  /// Has it read, or read with other labels from now on.
  void read(PodLines newFormat) {
    Tail open = tail;
    if (open != null && !newFormat.equals(format)) {
      format = newFormat;
      open.format(newFormat);
    }
  }

  /// Reads no more, or only the rest.
  void close(Tail.Ending ending) {
    Tail open = tail;
    if (open != null) {
      open.close(ending);
    }
  }

  /// Reads the rest of a log that nobody writes to any more.
  void finish() {
    finishing = true;
    close(Tail.Ending.DRAIN);
  }

  /// Whether it has ended because all of it was read and confirmed.
  boolean isFinished() {
    return finishing && ended && confirmed;
  }

  TailStats stats() {
    Tail open = tail;
    return open == null ? NOTHING : open.stats();
  }

  /// How far it is behind.
  Backlog backlog() {
    Tail open = tail;
    return open == null ? Backlog.NONE : open.backlog();
  }

  Stall stall() {
    return new Stall(file.path().toString(), backlog());
  }

  /// How long the oldest of what is not confirmed has waited.
  double lagSeconds() {
    return backlog().age().toMillis() / MILLIS;
  }

  boolean hasEnded() {
    return ended;
  }

  /// Why it is there and cannot be read, or null.
  @Nullable String problem() {
    String known = problem;
    return known == null || known.startsWith("file does not exist") ? null : known;
  }

  TargetInfo info() {
    TailStats stats = stats();
    PodLines lines = format;
    TailStream any =
        lines == null ? null : lines.stdout() == null ? lines.stderr() : lines.stdout();
    return new TargetInfo(
        file.path().toString(),
        any == null ? "" : any.labels().without("stream").toString(),
        isHeld() ? "waiting for its pod" : Objects.requireNonNullElse(problem, "reading"),
        stats.offset(),
        stats.lag(),
        lagSeconds(),
        stats.lostBytes());
  }

  @Override
  public void failing(String message) {
    problem = message;
    log.atWarn().addKeyValue("path", file.path()).log(message);
  }

  @Override
  public void reading() {
    problem = null;
    log.atDebug().addKeyValue("path", file.path()).log("opened");
  }

  @Override
  public void lost(long bytes, String message) {
    metrics.loss();
    log.atError().addKeyValue("path", file.path()).addKeyValue("bytes", bytes).log(message);
  }

  @Override
  public void ended(boolean wasConfirmed) {
    confirmed = wasConfirmed;
    ended = true;
    onEnd.run();
  }
}
