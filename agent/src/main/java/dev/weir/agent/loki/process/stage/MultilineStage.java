package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Delivery;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.regex.GoRegex;
import dev.weir.agent.river.eval.Default;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// `stage.multiline`: joins the lines of a block, such as a stack trace, into one entry.
///
/// Blocks are kept per label set. Lines before a stream's first block pass unchanged. A block ends
/// with the next first line, with as many lines as allowed, after a time without lines, and when
/// the stage is given up; until it is sent, no line of it counts as delivered.
final class MultilineStage implements Stage {
  static final StageType<Arguments> TYPE =
      new StageType<>("multiline", Arguments.class, MultilineStage::new);

  /// @param firstline what the first line of a block matches
  /// @param maxLines lines of one block; 0 for any number
  /// @param maxWaitTime how long a block waits for its next line
  /// @param trimNewlines whether line ends are taken off before joining
  record Arguments(
      String firstline,
      @Default("128") long maxLines,
      @Default("\"3s\"") Duration maxWaitTime,
      @Default("true") boolean trimNewlines) {
    Arguments {
      if (!maxWaitTime.isPositive()) {
        throw new IllegalArgumentException("max_wait_time must be greater than 0");
      }
      if (maxLines < 0) {
        throw new IllegalArgumentException("max_lines must not be negative");
      }
      start(firstline);
    }
  }

  private static final long NEVER = Long.MAX_VALUE;

  private final GoRegex start;
  private final long maxLines;
  private final long waitNanos;
  private final boolean trimNewlines;
  private final StageContext context;
  private final Map<Labels, MultilineBlock> blocks = new LinkedHashMap<>();
  private long nextDue = NEVER;

  private MultilineStage(Arguments arguments, StageContext context) {
    this.context = context;
    start = start(arguments.firstline());
    maxLines = arguments.maxLines();
    waitNanos = arguments.maxWaitTime().toNanos();
    trimNewlines = arguments.trimNewlines();
  }

  private static GoRegex start(String expression) {
    if (expression.isEmpty()) {
      throw new IllegalArgumentException(
          "multiline stage config must define `firstline` regular expression");
    }
    return Expressions.compiled(expression, "multiline stage first line regex compilation error: ");
  }

  @Override
  public void process(Entry entry, Output out) {
    long now = context.nanoTime();
    MultilineBlock block = blocks.get(entry.labels());
    if (block != null && now - block.seenNanos() >= waitNanos) {
      blocks.remove(entry.labels());
      block.send(out);
      block = null;
    }
    boolean first = start.find(entry.buffer(), entry.offset(), entry.length());
    if (block == null && !first) {
      out.emit(entry);
      return;
    }
    if (block == null) {
      block = new MultilineBlock();
      blocks.put(entry.labels(), block);
    }
    add(block, entry, first, now, out);
  }

  private void add(MultilineBlock block, Entry entry, boolean first, long now, Output out) {
    // Held before the old block goes, so that the new one does not wait for the old one's end.
    Delivery delivery = entry.batch().delivery();
    delivery.retain();
    if (first) {
      block.send(out);
      block.start(entry);
    }
    block.add(entry, delivery, trimNewlines, now);
    if (nextDue == NEVER) {
      nextDue = now + waitNanos;
    }
    if (block.lines() == maxLines) {
      block.send(out);
    }
  }

  @Override
  public void flush(long nowNanos, Output out) {
    if (nextDue == NEVER || nowNanos - nextDue < 0) {
      return;
    }
    long oldest = nowNanos;
    Iterator<MultilineBlock> all = blocks.values().iterator();
    while (all.hasNext()) {
      MultilineBlock block = all.next();
      if (nowNanos - block.seenNanos() >= waitNanos) {
        all.remove();
        block.send(out);
      } else if (block.seenNanos() - oldest < 0) {
        oldest = block.seenNanos();
      }
    }
    nextDue = blocks.isEmpty() ? NEVER : oldest + waitNanos;
  }

  @Override
  public void finish(Output out) {
    blocks.values().forEach(block -> block.send(out));
    blocks.clear();
    nextDue = NEVER;
  }
}
