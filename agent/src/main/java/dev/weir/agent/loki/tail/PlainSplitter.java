package dev.weir.agent.loki.tail;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.tail.LineFormat.PlainLines;

/// Splits text at newlines.
final class PlainSplitter implements Splitter {
  private final int longestLine;
  private TailStream stream;
  private long lastTimestamp;

  PlainSplitter(PlainLines format, int longestLine) {
    this.stream = format.stream();
    this.longestLine = longestLine;
  }

  @Override
  public void format(LineFormat format) {
    stream = ((PlainLines) format).stream();
  }

  @Override
  public int complete(byte[] bytes, int from, int to) {
    return Newlines.behindLast(bytes, from, to);
  }

  @Override
  public void split(Chunk chunk, Batch batch) {
    byte[] bytes = chunk.bytes;
    int at = chunk.position() == 0 ? behindMark(bytes, chunk.from, chunk.to) : chunk.from;
    while (at < chunk.to && batch.size() < BATCH_LIMIT) {
      int newline = Newlines.next(bytes, at, chunk.to);
      add(chunk, batch, at, newline);
      at = newline + 1;
    }
    chunk.from = at;
  }

  @Override
  public void cut(Chunk chunk, Batch batch, boolean last) {
    byte[] bytes = chunk.bytes;
    int start = chunk.position() == 0 ? behindMark(bytes, chunk.from, chunk.to) : chunk.from;
    int end = chunk.to;
    if (!last) {
      end = characterStart(bytes, start, end);
      chunk.cut++;
    }
    if (start < end) {
      add(chunk, batch, start, end);
    }
    chunk.from = end;
  }

  /// Where the last character before `end` starts if it is cut off by `end`.
  private static int characterStart(byte[] bytes, int start, int end) {
    int p = end;
    while (p > start + 1 && end - p < 4 && (bytes[p] & 0xC0) == 0x80) {
      p--;
    }
    return (bytes[p] & 0xC0) == 0x80 ? end : p;
  }

  private void add(Chunk chunk, Batch batch, int start, int end) {
    byte[] bytes = chunk.bytes;
    int from = start;
    // A writer that did not notice a truncation leaves a hole of zeros before what it writes next.
    while (from < end && bytes[from] == 0) {
      from++;
    }
    int to = end > from && bytes[end - 1] == '\r' ? end - 1 : end;
    if (from > start) {
      chunk.broken++;
      if (from == end) {
        return;
      }
    }
    while (to - from > longestLine) {
      int piece = characterStart(bytes, from, from + longestLine);
      emit(chunk, batch, from, piece);
      from = piece;
      chunk.cut++;
    }
    emit(chunk, batch, from, to);
  }

  private void emit(Chunk chunk, Batch batch, int from, int to) {
    lastTimestamp = Math.max(chunk.readAt, lastTimestamp + 1);
    Entry entry = batch.add();
    entry.line(chunk.bytes, from, to - from);
    entry.timestamp(lastTimestamp);
    entry.labels(stream.labels());
    entry.origin(stream.origin());
  }

  private static int behindMark(byte[] bytes, int from, int to) {
    boolean marked =
        to - from >= 3
            && bytes[from] == (byte) 0xEF
            && bytes[from + 1] == (byte) 0xBB
            && bytes[from + 2] == (byte) 0xBF;
    return marked ? from + 3 : from;
  }

  @Override
  public void flush(Batch batch) {
    // Nothing is held: an incomplete line stays in the file.
  }

  @Override
  public long heldFrom(int streamIndex, Generation generation, long end) {
    return end;
  }

  @Override
  public boolean holdsOlder(Generation generation) {
    return false;
  }

  @Override
  public void reset() {
    // Nothing is held.
  }
}
