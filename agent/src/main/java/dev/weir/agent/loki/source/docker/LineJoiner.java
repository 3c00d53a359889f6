package dev.weir.agent.loki.source.docker;

import java.util.Arrays;

/// Joins the parts in which an Engine gives one long line of one stream.
///
/// A line comes in records of [#PART] bytes, the last of which is shorter or ends in a newline; the
/// time is that of the first. The same rule is applied to log files, so that an entry does not tell
/// how it was read.
///
/// Not thread-safe.
final class LineJoiner {
  /// Bytes of text at which Docker cuts lines.
  static final int PART = 16 << 10;

  /// What is longer is cut into several entries.
  private static final int LONGEST = 1 << 20;

  /// Takes whole lines.
  @FunctionalInterface
  interface Output {
    /// Takes a line without its line end.
    void line(long timestamp, byte[] bytes, int from, int length);
  }

  private final Output output;
  private byte[] held = {};
  private int length;
  private long timestamp;
  private boolean open;

  LineJoiner(Output output) {
    this.output = output;
  }

  /// Takes one record's text, with its newline if it has one.
  void record(long time, byte[] bytes, int from, int count) {
    boolean ended = count > 0 && bytes[from + count - 1] == '\n';
    boolean last = ended || count < PART;
    if (!open && last) {
      emit(time, bytes, from, count);
      return;
    }
    if (!open) {
      start(time);
    } else if (length + count > LONGEST) {
      long first = timestamp;
      flush();
      start(first);
    }
    append(bytes, from, count);
    if (last) {
      flush();
    }
  }

  private void start(long time) {
    open = true;
    timestamp = time;
    length = 0;
  }

  private void append(byte[] bytes, int from, int count) {
    if (held.length - length < count) {
      held = Arrays.copyOf(held, Math.max(4 * PART, Math.max(2 * held.length, length + count)));
    }
    System.arraycopy(bytes, from, held, length, count);
    length += count;
  }

  /// Gives what is held, for there is no more to come.
  void flush() {
    if (open) {
      open = false;
      emit(timestamp, held, 0, length);
      // The bytes belong to the entry now.
      held = new byte[0];
    }
  }

  /// Whether a line has begun and not ended.
  boolean isOpen() {
    return open;
  }

  private void emit(long time, byte[] bytes, int from, int count) {
    int shown = count;
    if (shown > 0 && bytes[from + shown - 1] == '\n') {
      shown--;
      if (shown > 0 && bytes[from + shown - 1] == '\r') {
        shown--;
      }
    }
    output.line(time, bytes, from, shown);
  }
}
