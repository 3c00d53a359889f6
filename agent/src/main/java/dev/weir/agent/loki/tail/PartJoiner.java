package dev.weir.agent.loki.tail;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Entry;
import org.jspecify.annotations.Nullable;

/// Makes entries of the records of container runtimes: joins those that are parts of one long line,
/// per stream, with the time of the first. Not thread-safe.
final class PartJoiner {
  /// How a record ends.
  enum End {
    /// The rest of its line is in the next record of its stream.
    NONE,
    /// Nothing follows, and there was no line end.
    CUT,
    /// With its line.
    LINE
  }

  private final Hold[] holds = {new Hold(), new Hold()};
  private @Nullable TailStream stdout;
  private @Nullable TailStream stderr;
  private int longestLine;
  private LongLines tooLong;

  /// Pieces of lines that are too long begin with a record where they can, so that it can be gone
  /// on from there.
  ///
  /// @param stdout null to leave it out
  /// @param stderr null to leave it out
  PartJoiner(
      @Nullable TailStream stdout,
      @Nullable TailStream stderr,
      int longestLine,
      LongLines tooLong) {
    this.stdout = stdout;
    this.stderr = stderr;
    this.longestLine = longestLine;
    this.tooLong = tooLong;
  }

  /// Gives what is read from now on other labels.
  void streams(@Nullable TailStream newStdout, @Nullable TailStream newStderr) {
    stdout = newStdout;
    stderr = newStderr;
  }

  /// Changes what becomes of long lines from now on.
  void limit(int newLongestLine, LongLines newTooLong) {
    longestLine = newLongestLine;
    tooLong = newTooLong;
  }

  /// Takes a record whose text, without its line end, is in the chunk's bytes.
  ///
  /// @param start where the record starts in its generation
  void take(
      Chunk chunk,
      Batch batch,
      boolean isStderr,
      long start,
      long timestamp,
      int from,
      int length,
      End end) {
    Hold hold = holds[isStderr ? 1 : 0];
    if (end != End.NONE && !hold.isOpen() && length <= longestLine) {
      emit(batch, chunk.bytes, from, length, timestamp, isStderr, end);
      return;
    }
    if (stream(isStderr) == null) {
      hold.clear();
      return;
    }
    if (!hold.isOpen()) {
      hold.start(chunk.generation, start, timestamp);
    }
    if (hold.length() + length <= longestLine && !hold.isFull()) {
      hold.append(chunk.bytes, from, length);
    } else if (!hold.isFull()) {
      overflow(chunk, batch, isStderr, start, from, length);
    }
    if (end != End.NONE) {
      release(batch, hold, end);
    }
  }

  private void overflow(
      Chunk chunk, Batch batch, boolean isStderr, long start, int from, int length) {
    Hold hold = holds[isStderr ? 1 : 0];
    chunk.cut++;
    switch (tooLong) {
      case SPLIT -> split(chunk, batch, isStderr, start, from, length);
      case TRUNCATE -> {
        int end =
            PlainSplitter.characterStart(chunk.bytes, from, from + longestLine - hold.length());
        hold.append(chunk.bytes, from, end - from);
        hold.fill();
      }
      case DROP -> hold.drop();
    }
  }

  private void split(Chunk chunk, Batch batch, boolean isStderr, long start, int from, int length) {
    Hold hold = holds[isStderr ? 1 : 0];
    long first = hold.timestamp();
    if (hold.length() > 0) {
      release(batch, hold, End.CUT);
      hold.start(chunk.generation, start, first);
    }
    int at = from;
    int end = from + length;
    while (end - at > longestLine) {
      int piece = PlainSplitter.characterStart(chunk.bytes, at, at + longestLine);
      emit(batch, chunk.bytes, at, piece - at, first, isStderr, End.CUT);
      at = piece;
    }
    hold.append(chunk.bytes, at, end - at);
  }

  private void release(Batch batch, Hold hold, End end) {
    if (!hold.isDropped()) {
      boolean isStderr = hold == holds[1];
      emit(batch, hold.bytes(), 0, hold.length(), hold.timestamp(), isStderr, end);
    }
    hold.clear();
  }

  private void emit(
      Batch batch, byte[] bytes, int from, int length, long timestamp, boolean isStderr, End end) {
    TailStream stream = stream(isStderr);
    if (stream == null) {
      return;
    }
    boolean withReturn = end == End.LINE && length > 0 && bytes[from + length - 1] == '\r';
    Entry entry = batch.add();
    entry.line(bytes, from, withReturn ? length - 1 : length);
    entry.timestamp(timestamp);
    entry.labels(stream.labels());
    entry.origin(stream.origin());
  }

  private @Nullable TailStream stream(boolean isStderr) {
    return isStderr ? stderr : stdout;
  }

  /// Makes entries of what is held, because the source has ended.
  void flush(Batch batch) {
    for (Hold hold : holds) {
      if (hold.isOpen()) {
        release(batch, hold, End.CUT);
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
