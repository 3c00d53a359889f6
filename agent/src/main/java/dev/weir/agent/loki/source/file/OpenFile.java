package dev.weir.agent.loki.source.file;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.loki.source.file.DebugInfo.TargetInfo;
import dev.weir.agent.loki.tail.LineFormat;
import dev.weir.agent.loki.tail.Tail;
import dev.weir.agent.loki.tail.TailEngine;
import dev.weir.agent.loki.tail.TailListener;
import dev.weir.agent.loki.tail.TailStats;
import dev.weir.agent.loki.tail.TailTarget;
import io.micrometer.core.instrument.Meter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// One file being read, its metrics and its state. Thread-safe.
final class OpenFile implements TailListener {
  private static final TailStats NOTHING = new TailStats(0, 0, 0, 0, 0, 0, 0, 0);

  private final ComponentContext context;
  private final Path path;
  private final String labels;
  private final List<Meter> meters = new ArrayList<>();
  private volatile @Nullable Tail tail;
  private volatile @Nullable String problem;
  private volatile boolean ended;

  OpenFile(ComponentContext context, Path path, String labels) {
    this.context = context;
    this.path = path;
    this.labels = labels;
  }

  void start(TailEngine engine, TailTarget target) {
    tail = engine.open(target);
    total("loki_source_file_read_bytes_total", "Number of bytes read.", TailStats::offset);
    total("loki_source_file_file_bytes_total", "Number of bytes total.", TailStats::size);
    total("loki_source_file_read_lines_total", "Number of lines read.", TailStats::lines);
    total(
        "loki_source_file_lost_bytes_total",
        "Number of bytes that were deleted or overwritten before they were read.",
        TailStats::lostBytes);
    total(
        "loki_source_file_cut_lines_total",
        "Number of lines that were longer than the limit and sent in pieces.",
        TailStats::cutLines);
    meters.add(
        context
            .metrics()
            .gauge(
                "loki_source_file_lag_bytes",
                "Bytes in the file that are not yet confirmed.",
                this,
                file -> file.stats().lag(),
                "path",
                path.toString()));
  }

  private void total(String name, String help, ToDoubleFunction<TailStats> value) {
    meters.add(
        context
            .metrics()
            .counter(
                name,
                help,
                this,
                file -> value.applyAsDouble(file.stats()),
                "path",
                path.toString()));
  }

  private TailStats stats() {
    Tail open = tail;
    return open == null ? NOTHING : open.stats();
  }

  void format(LineFormat format) {
    Tail open = tail;
    if (open != null) {
      open.format(format);
    }
  }

  /// Reads no more; the position stays, for the case that the target comes back.
  void close() {
    Tail open = tail;
    if (open != null) {
      open.close(Tail.Ending.NOW);
    }
    meters.forEach(context.metrics()::remove);
  }

  boolean hasEnded() {
    return ended;
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
    return new TargetInfo(
        path.toString(),
        labels,
        problem == null && !ended,
        stats.offset(),
        stats.lag(),
        stats.lostBytes());
  }

  @Override
  public void failing(String message) {
    problem = message;
    context.log().atWarn().addKeyValue("path", path).log(message);
  }

  @Override
  public void reading() {
    problem = null;
    context.log().atInfo().addKeyValue("path", path).log("reading file");
  }

  @Override
  public void lost(long bytes, String message) {
    context.log().atError().addKeyValue("path", path).addKeyValue("bytes", bytes).log(message);
  }

  @Override
  public void ended(boolean confirmed) {
    ended = true;
  }
}
