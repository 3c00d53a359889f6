package dev.weir.agent.loki.tail;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Entry;

/// Makes entries of the records of Docker's log drivers: joins those that are parts of one long
/// line, per stream, with the time of the first. Not thread-safe.
final class PartJoiner {
  /// Docker cuts a line into records of that many bytes; a shorter one without line end is the last
  /// of its stream's run, such as a prompt at the container's end.
  static final int PART = 16 << 10;

  private final int longestLine;
  private final Hold[] holds = {new Hold(), new Hold()};
  private TailStream stdout;
  private TailStream stderr;

  PartJoiner(TailStream stdout, TailStream stderr, int longestLine) {
    this.stdout = stdout;
    this.stderr = stderr;
    this.longestLine = longestLine;
  }

  /// Gives what is read from now on other labels.
  void streams(TailStream newStdout, TailStream newStderr) {
    stdout = newStdout;
    stderr = newStderr;
  }

  /// Takes a record whose text, without its line end, is in the chunk's bytes.
  ///
  /// @param start where the record starts in its generation
  /// @param ended whether the text ends a line
  void take(
      Chunk chunk,
      Batch batch,
      boolean isStderr,
      long start,
      long timestamp,
      int from,
      int length,
      boolean ended) {
    Hold hold = holds[isStderr ? 1 : 0];
    boolean last = ended || length < PART;
    if (last && !hold.isOpen()) {
      emit(batch, chunk.bytes, from, length, timestamp, isStderr, ended);
      return;
    }
    if (hold.isOpen() && hold.length() + length > longestLine) {
      chunk.cut++;
      long first = hold.timestamp();
      release(batch, hold, false);
      hold.start(chunk.generation, start, first);
    } else if (!hold.isOpen()) {
      hold.start(chunk.generation, start, timestamp);
    }
    hold.append(chunk.bytes, from, length);
    if (last) {
      release(batch, hold, ended);
    }
  }

  private void release(Batch batch, Hold hold, boolean ended) {
    boolean isStderr = hold == holds[1];
    emit(batch, hold.bytes(), 0, hold.length(), hold.timestamp(), isStderr, ended);
    hold.clear();
  }

  private void emit(
      Batch batch,
      byte[] bytes,
      int from,
      int length,
      long timestamp,
      boolean isStderr,
      boolean ended) {
    boolean withReturn = ended && length > 0 && bytes[from + length - 1] == '\r';
    TailStream stream = isStderr ? stderr : stdout;
    Entry entry = batch.add();
    entry.line(bytes, from, withReturn ? length - 1 : length);
    entry.timestamp(timestamp);
    entry.labels(stream.labels());
    entry.origin(stream.origin());
  }

  /// Makes entries of what is held, because the source has ended.
  void flush(Batch batch) {
    for (Hold hold : holds) {
      if (hold.isOpen()) {
        release(batch, hold, false);
      }
    }
  }

  /// As [Splitter#heldFrom].
  long heldFrom(int stream, Generation generation, long end) {
    Hold hold = holds[stream];
    if (!hold.isOpen()) {
      return end;
    }
    return hold.generation() == generation ? hold.position() : 0;
  }

  /// As [Splitter#holdsOlder].
  boolean holdsOlder(Generation generation) {
    for (Hold hold : holds) {
      if (hold.isOpen() && hold.generation() != generation) {
        return true;
      }
    }
    return false;
  }

  /// Forgets what is held.
  void reset() {
    holds[0].clear();
    holds[1].clear();
  }
}
