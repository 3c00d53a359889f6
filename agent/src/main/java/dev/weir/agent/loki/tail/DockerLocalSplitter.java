package dev.weir.agent.loki.tail;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.tail.LineFormat.DockerLocalRecords;

/// Splits the files of Docker's `local` driver into the lines that the container wrote.
final class DockerLocalSplitter implements JoiningSplitter {
  private final DockerLocalRecord record = new DockerLocalRecord();
  private final PartJoiner joiner;

  DockerLocalSplitter(DockerLocalRecords format, int longestLine) {
    this.joiner = new PartJoiner(format.stdout(), format.stderr(), longestLine, LongLines.SPLIT);
  }

  @Override
  public void format(LineFormat format) {
    var records = (DockerLocalRecords) format;
    joiner.streams(records.stdout(), records.stderr());
  }

  @Override
  public int complete(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      int end = DockerLocalRecord.end(bytes, at, to);
      if (end == DockerLocalRecord.BROKEN) {
        end = next(bytes, at + 1, to);
      }
      if (end < 0) {
        return at;
      }
      at = end;
    }
    return at;
  }

  /// Where the next whole record starts, which is behind what a crash has left; -1 if none does.
  private int next(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      if (record.parse(bytes, at, to) > 0) {
        return at;
      }
    }
    return -1;
  }

  @Override
  public void split(Chunk chunk, Batch batch) {
    byte[] bytes = chunk.bytes;
    int at = chunk.from;
    while (at < chunk.to && batch.size() < BATCH_LIMIT) {
      int end = record.parse(bytes, at, chunk.to);
      if (end > 0) {
        take(chunk, batch, at);
        at = end;
      } else {
        chunk.broken++;
        int next = next(bytes, at + 1, chunk.to);
        at = next < 0 ? chunk.to : next;
      }
    }
    chunk.from = at;
  }

  private void take(Chunk chunk, Batch batch, int recordStart) {
    boolean isStderr = record.stderr();
    long start = chunk.base + recordStart;
    if (start >= (isStderr ? chunk.stderrFrom : chunk.stdoutFrom)) {
      joiner.take(
          chunk,
          batch,
          isStderr,
          start,
          record.timestamp(),
          record.textStart(),
          record.textLength(),
          DockerPart.end(record.ended(), record.textLength()));
    }
  }

  /// What does not end is broken: its writer stopped in the middle. Records may follow it that its
  /// wrong length seemed to cover.
  @Override
  public void cut(Chunk chunk, Batch batch, boolean last) {
    chunk.broken++;
    int next = next(chunk.bytes, chunk.from + 1, chunk.to);
    chunk.from = next < 0 ? chunk.to : next;
    if (last && next >= 0) {
      split(chunk, batch);
    }
  }

  @Override
  public PartJoiner joiner() {
    return joiner;
  }

  @Override
  public void reset() {
    joiner.reset();
  }
}
