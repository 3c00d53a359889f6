package dev.weir.agent.loki.tail;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.jsonfile.JsonFileRecord;
import dev.weir.agent.loki.tail.LineFormat.DockerJsonLines;

/// Splits Docker's `json-file` logs into the lines that the container wrote.
final class DockerJsonSplitter implements JoiningSplitter {
  private static final byte[] RECORD_START = {'{', '"', 'l', 'o', 'g', '"', ':', '"'};

  private final JsonFileRecord record = new JsonFileRecord();
  private final PartJoiner joiner;
  private long lastTimestamp;
  private boolean skipping;

  DockerJsonSplitter(DockerJsonLines format, int longestLine) {
    this(new PartJoiner(format.stdout(), format.stderr(), longestLine, LongLines.SPLIT));
  }

  DockerJsonSplitter(PartJoiner joiner) {
    this.joiner = joiner;
  }

  @Override
  public void format(LineFormat format) {
    if (format instanceof DockerJsonLines lines) {
      joiner.streams(lines.stdout(), lines.stderr());
    }
  }

  @Override
  public int complete(byte[] bytes, int from, int to) {
    return Newlines.behindLast(bytes, from, to);
  }

  @Override
  public void split(Chunk chunk, Batch batch) {
    byte[] bytes = chunk.bytes;
    if (skipping) {
      chunk.from = Newlines.next(bytes, chunk.from, chunk.to) + 1;
      skipping = false;
    }
    int at = chunk.from;
    while (at < chunk.to && batch.size() < BATCH_LIMIT) {
      int end = record.parse(bytes, at);
      if (end < 0) {
        end = resynchronise(chunk, batch, at, -1 - end);
      } else {
        take(chunk, batch, at);
      }
      at = end;
    }
    chunk.from = at;
  }

  /// Goes on behind a broken record. A record never holds the start of another one undecoded, so if
  /// there is one in the line, it was written after a crash behind zeros or half a record.
  private int resynchronise(Chunk chunk, Batch batch, int start, int reached) {
    byte[] bytes = chunk.bytes;
    int newline = Newlines.next(bytes, reached, chunk.to);
    if (newline > start) {
      chunk.broken++;
    }
    int whole = lastRecord(bytes, Math.max(start + 1, record.textEnd()), newline);
    if (whole >= 0 && record.parse(bytes, whole) == newline + 1) {
      take(chunk, batch, whole);
    }
    return newline + 1;
  }

  private static int lastRecord(byte[] bytes, int from, int to) {
    for (int at = to - RECORD_START.length; at >= from; at--) {
      int matched = 0;
      while (matched < RECORD_START.length && bytes[at + matched] == RECORD_START[matched]) {
        matched++;
      }
      if (matched == RECORD_START.length) {
        return at;
      }
    }
    return -1;
  }

  /// Makes an entry of the record just parsed, or holds it as a part of one.
  private void take(Chunk chunk, Batch batch, int recordStart) {
    boolean isStderr = record.stderr();
    long start = chunk.base + recordStart;
    if (start < (isStderr ? chunk.stderrFrom : chunk.stdoutFrom)) {
      return;
    }
    if (record.timed()) {
      lastTimestamp = record.timestamp();
    } else if (lastTimestamp == 0) {
      lastTimestamp = chunk.readAt;
    }
    int from = record.textStart();
    int length = record.textEnd() - from;
    boolean ended = length > 0 && chunk.bytes[from + length - 1] == '\n';
    int text = ended ? length - 1 : length;
    PartJoiner.End end = DockerPart.end(ended, text);
    joiner.take(chunk, batch, isStderr, start, lastTimestamp, from, text, end);
  }

  @Override
  public void cut(Chunk chunk, Batch batch, boolean last) {
    int start = chunk.from;
    while (chunk.from < chunk.to && chunk.bytes[chunk.from] == 0) {
      chunk.from++;
    }
    if (chunk.from > start && !last) {
      // A hole left by a crash; what follows it may be a whole record.
      chunk.broken++;
      return;
    }
    // Half a record: nothing in it can be relied on.
    if (!skipping && chunk.from < chunk.to) {
      chunk.broken++;
    }
    skipping = !last;
    chunk.from = chunk.to;
  }

  @Override
  public PartJoiner joiner() {
    return joiner;
  }

  @Override
  public void reset() {
    joiner.reset();
    skipping = false;
  }
}
