package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Delivery;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Lane;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The lines of one stream that are being joined.
///
/// Everything but the text is that of the last first line, also after the block was sent and goes
/// on. Not thread-safe.
final class MultilineBlock {
  private final Batch batch = new Batch(new Lane("multiline"));
  private final List<Delivery> deliveries = new ArrayList<>(2);
  private Entry start = batch.add();
  private byte[] text = new byte[1024];
  private int size;
  private long lines;
  private long seenNanos;

  /// Lines since the last send.
  long lines() {
    return lines;
  }

  /// When the last line came.
  long seenNanos() {
    return seenNanos;
  }

  /// Takes everything but the text from here.
  void start(Entry first) {
    batch.clear();
    start = batch.add();
    start.copyAllFrom(first);
  }

  /// Takes over a line and the hold on its delivery.
  void add(Entry entry, Delivery held, boolean trimNewlines, long nowNanos) {
    if (!deliveries.isEmpty() && deliveries.getLast() == held) {
      held.release();
    } else {
      deliveries.add(held);
    }
    int length = entry.length();
    while (trimNewlines && length > 0 && isNewline(entry.buffer()[entry.offset() + length - 1])) {
      length--;
    }
    append(entry.buffer(), entry.offset(), length);
    lines++;
    seenNanos = nowNanos;
  }

  private static boolean isNewline(byte b) {
    return b == '\n' || b == '\r';
  }

  private void append(byte[] buffer, int offset, int length) {
    int needed = size + 1 + length;
    if (needed > text.length) {
      text = Arrays.copyOf(text, Math.max(needed, 2 * text.length));
    }
    if (size > 0) {
      text[size++] = '\n';
    }
    System.arraycopy(buffer, offset, text, size, length);
    size += length;
  }

  /// Emits what there is as one entry, if there is anything.
  void send(Output out) {
    if (lines == 0) {
      return;
    }
    for (int i = 0; i < deliveries.size(); i++) {
      out.adopt(deliveries.get(i));
    }
    deliveries.clear();
    Entry block = out.fresh();
    block.copyAllFrom(start);
    int at = block.batch().reserve(size);
    System.arraycopy(text, 0, block.batch().scratch(), at, size);
    block.line(block.batch().scratch(), at, size);
    size = 0;
    lines = 0;
    out.emit(block);
  }
}
