package dev.weir.agent.loki.tail;

import dev.weir.agent.loki.Batch;

/// Splits the logs of CRI runtimes into the lines that the container wrote.
final class CriSplitter implements JoiningSplitter {
  private final CriRecord record = new CriRecord();
  private final PartJoiner joiner;
  private long lastTimestamp;

  // The record at hand: more of one that is longer than the buffer may follow.
  private boolean inside;
  private boolean stderr;
  private boolean partial;
  private long start;
  private int textStart;

  CriSplitter(PartJoiner joiner) {
    this.joiner = joiner;
  }

  @Override
  public void format(LineFormat format) {
    // It is the joiner's.
  }

  @Override
  public int complete(byte[] bytes, int from, int to) {
    return Newlines.behindLast(bytes, from, to);
  }

  @Override
  public void split(Chunk chunk, Batch batch) {
    int at = chunk.from;
    while (at < chunk.to && batch.size() < BATCH_LIMIT) {
      int newline = Newlines.next(chunk.bytes, at, chunk.to);
      take(chunk, batch, at, newline, PartJoiner.End.LINE);
      inside = false;
      at = newline + 1;
    }
    chunk.from = at;
  }

  @Override
  public void cut(Chunk chunk, Batch batch, boolean last) {
    take(chunk, batch, chunk.from, chunk.to, last ? PartJoiner.End.CUT : PartJoiner.End.NONE);
    inside = !last;
    chunk.from = chunk.to;
  }

  private void take(Chunk chunk, Batch batch, int from, int to, PartJoiner.End end) {
    if (inside) {
      textStart = from;
    } else if (!begin(chunk, from, to)) {
      return;
    }
    if (start >= (stderr ? chunk.stderrFrom : chunk.stdoutFrom)) {
      PartJoiner.End how = partial ? PartJoiner.End.NONE : end;
      joiner.take(chunk, batch, stderr, start, lastTimestamp, textStart, to - textStart, how);
    }
  }

  /// Begins with a record, or with what is none and stays as it is. A node that crashed leaves a
  /// hole of zeros before what is written next.
  private boolean begin(Chunk chunk, int from, int to) {
    int at = from;
    while (at < to && chunk.bytes[at] == 0) {
      at++;
    }
    start = chunk.base + from;
    boolean whole = record.parse(chunk.bytes, at, to);
    if (!whole || at > from) {
      chunk.broken++;
    }
    if (whole) {
      lastTimestamp = record.timestamp();
    } else if (lastTimestamp == 0) {
      lastTimestamp = chunk.readAt;
    }
    stderr = whole && record.stderr();
    partial = whole && record.partial();
    textStart = whole ? record.textStart() : at;
    return at < to;
  }

  @Override
  public PartJoiner joiner() {
    return joiner;
  }

  @Override
  public void reset() {
    joiner.reset();
    inside = false;
  }
}
