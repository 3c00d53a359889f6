package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Delivery;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Extracted;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.river.eval.ByteSize;
import dev.weir.agent.river.eval.Default;
import dev.weir.agent.timelayout.Rfc3339;
import io.micrometer.core.instrument.Counter;
import java.util.LinkedHashMap;
import java.util.Map;

/// `stage.cri`: takes stream, time and text out of a line that a CRI runtime wrote, and joins lines
/// that it had cut.
final class CriStage implements Stage {
  static final StageType<Arguments> TYPE = new StageType<>("cri", Arguments.class, CriStage::new);

  /// @param maxPartialLines streams with an unfinished line at one time
  /// @param maxPartialLineSize bytes of a joined line; 0 for no limit
  /// @param maxPartialLineSizeTruncate whether that limit is in force
  record Arguments(
      @Default("100") int maxPartialLines,
      @Default("0") ByteSize maxPartialLineSize,
      @Default("false") boolean maxPartialLineSizeTruncate) {
    Arguments {
      if (maxPartialLines <= 0) {
        throw new IllegalArgumentException("max_partial_lines must be greater than 0");
      }
    }
  }

  private final int mostPending;
  private final long longest;
  private final StageContext context;
  private final Counter flushed;
  private final Counter truncated;
  private final Map<Labels, PartialLine> pending = new LinkedHashMap<>();
  private final CriLine line = new CriLine();

  private CriStage(Arguments arguments, StageContext context) {
    this.context = context;
    mostPending = arguments.maxPartialLines();
    long size = arguments.maxPartialLineSize().bytes();
    longest = arguments.maxPartialLineSizeTruncate() && size > 0 ? size : Long.MAX_VALUE;
    flushed =
        context
            .metrics()
            .counter(
                "loki_process_cri_partial_lines_flushed_total",
                "A count of partial lines that were flushed prematurely due to the"
                    + " max_partial_lines limit being exceeded");
    truncated =
        context
            .metrics()
            .counter(
                "loki_process_cri_lines_truncated_total",
                "A count of lines that were truncated due to the max_partial_line_size limit");
  }

  @Override
  public void process(Entry entry, Output out) {
    if (!line.read(entry.buffer(), entry.offset(), entry.length())) {
      out.emit(entry);
      return;
    }
    apply(entry);
    if (line.partial()) {
      hold(entry, out);
    } else {
      join(entry, out);
    }
  }

  private void apply(Entry entry) {
    byte[] text = entry.buffer();
    Extracted extracted = entry.extracted();
    extracted.putBytes("time", text, line.timeOffset(), line.timeLength());
    extracted.put("stream", line.stream());
    extracted.put("flags", line.partial() ? "P" : "F");
    extracted.putBytes("content", text, line.contentOffset(), line.contentLength());
    entry.labels(entry.labels().with("stream", line.stream()));
    long nanos = Rfc3339.parse(text, line.timeOffset(), line.timeLength());
    if (nanos != Rfc3339.NONE) {
      entry.timestamp(nanos);
    }
    entry.line(text, line.contentOffset(), line.contentLength());
  }

  private void hold(Entry entry, Output out) {
    PartialLine partial = pending.get(entry.labels());
    if (partial == null) {
      if (pending.size() >= mostPending) {
        flushAll(out);
      }
      partial = new PartialLine(longest);
      pending.put(entry.labels(), partial);
    }
    partial.add(entry);
  }

  private void join(Entry entry, Output out) {
    PartialLine partial = pending.isEmpty() ? null : pending.remove(entry.labels());
    if (partial != null) {
      for (Delivery delivery : partial.deliveries()) {
        out.adopt(delivery);
      }
      if (partial.finish(entry)) {
        truncated.increment();
      }
      extractContent(entry);
    } else if (entry.length() > longest) {
      entry.line(entry.buffer(), entry.offset(), (int) longest);
      truncated.increment();
      extractContent(entry);
    }
    out.emit(entry);
  }

  private static void extractContent(Entry entry) {
    entry.extracted().putBytes("content", entry.buffer(), entry.offset(), entry.length());
  }

  private void flushAll(Output out) {
    context
        .log()
        .atWarn()
        .addKeyValue("max_partial_lines", mostPending)
        .log("cri stage: partial lines exceeded the limit, sending them as they are");
    flushed.increment(pending.size());
    emitPending(out);
  }

  private void emitPending(Output out) {
    for (PartialLine partial : pending.values()) {
      for (Delivery delivery : partial.deliveries()) {
        out.adopt(delivery);
      }
      Entry entry = out.fresh();
      partial.copyTo(entry);
      out.emit(entry);
    }
    pending.clear();
  }

  @Override
  public void finish(Output out) {
    emitPending(out);
  }

  /// A line that is cut in two by a stop would stay so: it is read again whole instead.
  @Override
  public void suspend(Output out) {
    pending.values().forEach(partial -> partial.deliveries().forEach(Delivery::fail));
    pending.clear();
  }
}
