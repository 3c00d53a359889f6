package dev.weir.agent.loki.source.file;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.loki.Backlog;
import dev.weir.agent.loki.Stall;
import dev.weir.agent.loki.source.file.DebugInfo.TargetInfo;
import dev.weir.agent.loki.source.file.LokiSourceFile.Arguments;
import dev.weir.agent.loki.tail.Compression;
import dev.weir.agent.loki.tail.LineFormat.PlainLines;
import dev.weir.agent.loki.tail.Tail;
import dev.weir.agent.loki.tail.TailEngine;
import dev.weir.agent.loki.tail.TailListener;
import dev.weir.agent.loki.tail.TailStats;
import dev.weir.agent.loki.tail.TailStream;
import dev.weir.agent.loki.tail.TailTarget;
import dev.weir.agent.loki.tail.TextEncoding;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One file being read, and its state. Thread-safe.
final class OpenFile implements TailListener {
  private static final double MILLIS = 1e3;
  private static final TailStats NOTHING = new TailStats(0, 0, 0, 0, 0, 0, 0, 0);

  private final ComponentContext context;
  private volatile TextEncoding encoding;
  private volatile @Nullable Compression compression;
  private final Runnable onEnd;
  private volatile WantedFile wanted;
  private volatile @Nullable Tail tail;
  private volatile @Nullable String problem;
  private volatile boolean ended;

  /// @param onEnd run when it has ended
  OpenFile(ComponentContext context, WantedFile wanted, TextEncoding encoding, Runnable onEnd) {
    this.context = context;
    this.wanted = wanted;
    this.encoding = encoding;
    this.onEnd = onEnd;
  }

  void start(TailEngine engine, TailTarget target) {
    compression = target.compression();
    tail = engine.open(target);
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

  /// How long the oldest of what is not confirmed has waited.
  double lagSeconds() {
    return backlog().age().toMillis() / MILLIS;
  }

  Stall stall() {
    return new Stall(wanted.path().toString(), backlog());
  }

  WantedFile wanted() {
    return wanted;
  }

  /// Whether it is read as other arguments want it, or can be from now on.
  boolean fits(Arguments arguments) {
    return !ended && Objects.equals(compression, arguments.compression());
  }

  /// Gives what is read from now on the labels of another target with the same path, and takes it
  /// to be in another encoding.
  void update(WantedFile other, TextEncoding otherEncoding) {
    Tail open = tail;
    if (open != null && (!other.equals(wanted) || !otherEncoding.equals(encoding))) {
      wanted = other;
      encoding = otherEncoding;
      open.format(format());
    }
  }

  /// How its lines become entries.
  PlainLines format() {
    WantedFile file = wanted;
    return new PlainLines(
        new TailStream(file.labels().with("filename", file.path().toString()), Map.of()), encoding);
  }

  /// Reads no more, or only the rest; the position stays, for the case that the target comes back.
  void close(Tail.Ending ending) {
    Tail open = tail;
    if (open != null) {
      open.close(ending);
    }
  }

  boolean hasEnded() {
    return ended;
  }

  /// Whether all that is there is confirmed.
  boolean isConfirmed() {
    return stats().lag() == 0;
  }

  /// Why it cannot be read, or null.
  @Nullable String problem() {
    return problem;
  }

  /// Whether it is there and cannot be read.
  boolean isForbidden() {
    String known = problem;
    return known != null && !known.startsWith("file does not exist");
  }

  TargetInfo info() {
    TailStats stats = stats();
    WantedFile file = wanted;
    return new TargetInfo(
        file.path().toString(),
        file.labels().toString(),
        problem == null && !ended,
        stats.offset(),
        stats.lag(),
        lagSeconds(),
        stats.lostBytes());
  }

  @Override
  public void failing(String message) {
    problem = message;
    context.log().atWarn().addKeyValue("path", wanted.path()).log(message);
  }

  @Override
  public void reading() {
    problem = null;
    context.log().atInfo().addKeyValue("path", wanted.path()).log("reading file");
  }

  @Override
  public void lost(long bytes, String message) {
    context
        .log()
        .atError()
        .addKeyValue("path", wanted.path())
        .addKeyValue("bytes", bytes)
        .log(message);
  }

  @Override
  public void ended(boolean confirmed) {
    ended = true;
    onEnd.run();
  }
}
