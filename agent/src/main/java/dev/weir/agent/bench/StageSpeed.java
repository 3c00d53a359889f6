package dev.weir.agent.bench;

import com.sun.management.ThreadMXBean;
import dev.weir.agent.bench.StageCases.Case;
import dev.weir.agent.component.ComponentException;
import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.Lane;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.process.LokiProcess;
import dev.weir.agent.river.Block;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.river.Parser;
import dev.weir.agent.river.SourceFile;
import dev.weir.agent.river.eval.Decoder;
import dev.weir.agent.river.eval.Scope;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Measures each stage of `loki.process` on one thread of this process: lines a second of its CPU
/// time, and bytes allocated per line.
///
/// A line of the table is a whole `loki.process` with that stage, without receivers; `(none)` is
/// one without stages, `(java.util.regex)` what `regex` is compared with.
public final class StageSpeed {
  private static final int LINES = 1000;
  private static final int TIMES = 20;
  private static final double NANOS = 1e9;

  private final long nanos;
  private final PrintWriter out;
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /// @param nanos CPU time for each measurement, and as much again before it to warm up
  StageSpeed(long nanos, PrintWriter out) {
    this.nanos = nanos;
    this.out = out;
  }

  /// Measures every stage and prints a table.
  ///
  /// @param database for `stage.geoip`, which is left out without one
  public static void run(double seconds, @Nullable String database, PrintWriter out)
      throws InterruptedException {
    List<Case> cases = new ArrayList<>(StageCases.all());
    if (database != null) {
      cases.add(StageCases.geoip(database));
    }
    new StageSpeed((long) (seconds * NANOS), out).run(cases);
  }

  void run(List<Case> cases) throws InterruptedException {
    out.printf("%-28s %14s %9s %11s%n", "stage", "lines/s/core", "ns/line", "bytes/line");
    for (Case measured : cases) {
      measure(measured.name(), measured.line(), process(measured.config()));
    }
    measure("(java.util.regex)", StageCases.nginx(), StageCases.jdkRegex());
  }

  private void measure(String name, String line, Receiver receiver) throws InterruptedException {
    try (var lane = new Lane("bench")) {
      Batch batch = batch(lane, line);
      repeat(receiver, batch);
      measure(name, receiver, batch);
    }
  }

  private void measure(String name, Receiver process, Batch batch) throws InterruptedException {
    long allocated = threads.getCurrentThreadAllocatedBytes();
    long cpu = threads.getCurrentThreadCpuTime();
    long lines = repeat(process, batch);
    double perLine = (double) (threads.getCurrentThreadCpuTime() - cpu) / lines;
    double bytes = (double) (threads.getCurrentThreadAllocatedBytes() - allocated) / lines;
    out.printf(Locale.ROOT, "%-28s %,14.0f %9.0f %11.1f%n", name, NANOS / perLine, perLine, bytes);
    out.flush();
  }

  private long repeat(Receiver process, Batch batch) throws InterruptedException {
    long end = threads.getCurrentThreadCpuTime() + nanos;
    long lines = 0;
    while (threads.getCurrentThreadCpuTime() < end) {
      for (int i = 0; i < TIMES; i++) {
        process.accept(batch);
      }
      lines += (long) TIMES * batch.size();
    }
    return Math.max(1, lines);
  }

  private static Batch batch(Lane lane, String line) {
    var batch = new Batch(lane);
    Labels labels = Labels.of("app", "web", "pod", "web-7d4b9c6f5-x2x8z", "ip", "81.2.69.160");
    for (int i = 0; i < LINES; i++) {
      byte[] text = line.replace("%d", Integer.toString(i % 20)).getBytes(StandardCharsets.UTF_8);
      Entry entry = batch.add();
      entry.line(text, 0, text.length);
      entry.labels(labels);
      entry.timestamp(i);
      entry.origin(Map.of());
    }
    return batch;
  }

  private static Receiver process(String stages) {
    try {
      var file =
          Parser.parse(
              SourceFile.of("stage", "loki.process \"x\" {\nforward_to = []\n" + stages + "}\n"));
      var block = (Block) file.body().statements().getFirst();
      var arguments = Decoder.decode(block, LokiProcess.Arguments.class, Scope.EMPTY);
      return (LokiProcess) LokiProcess.TYPE.factory().create(arguments, new StageSurroundings());
    } catch (DiagnosticsException | ComponentException e) {
      throw new IllegalStateException("the benchmark's own configuration is wrong", e);
    }
  }
}
