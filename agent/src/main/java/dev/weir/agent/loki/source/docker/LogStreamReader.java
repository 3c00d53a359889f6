package dev.weir.agent.loki.source.docker;

import dev.weir.agent.docker.Engine;
import dev.weir.agent.docker.EngineException;
import dev.weir.agent.loki.Backlog;
import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Lane;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.positions.StreamPosition;
import dev.weir.agent.loki.stream.Confirmations;
import dev.weir.agent.loki.stream.Recent;
import dev.weir.agent.loki.stream.Seen;
import dev.weir.agent.loki.tail.TailStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads one container's log through the Engine's API, and follows it.
///
/// A broken connection is taken up again behind the last line read; a batch that was not delivered
/// makes it go back to the last line confirmed. Runs on a thread of its own, from [#run] to the end
/// of the log; it may be run again when the container has started again. The other methods may be
/// called by any thread.
final class LogStreamReader implements LogDecoder.Output {
  private static final int FIRST_BUFFER = 4 << 10;
  private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(30);

  private final Engine engine;
  private final LogStream log;
  private final Receiver receiver;
  private final Lane lane;
  private final Batch batch;
  private final Confirmations confirmations;
  private final LongAdder unparsable;
  private final Recent recent = new Recent();
  private volatile TailStream stdout;
  private volatile TailStream stderr;
  private volatile @Nullable InputStream input;
  private volatile @Nullable String problem;
  private volatile boolean wasOpened;
  private @Nullable EarlyStream early;
  private Seen seen = new Seen(null);

  /// Whether a line was sent since the stream was last opened.
  private boolean progressed;

  private byte[] buffer = new byte[FIRST_BUFFER];

  /// What is read.
  ///
  /// @param name of the lane
  record LogStream(String name, String containerId) {}

  /// Where the lines go and what they look like.
  ///
  /// @param start the confirmed place, or null
  /// @param advanced takes new confirmed places
  /// @param unparsable counts pieces that are left out for want of a timestamp
  record Sink(
      Receiver receiver,
      Streams streams,
      @Nullable StreamPosition start,
      Consumer<StreamPosition> advanced,
      LongAdder unparsable) {}

  LogStreamReader(Engine engine, LogStream log, Sink sink) {
    this.engine = engine;
    this.log = log;
    this.receiver = sink.receiver();
    this.stdout = sink.streams().stdout();
    this.stderr = sink.streams().stderr();
    this.unparsable = sink.unparsable();
    this.confirmations = new Confirmations(sink.start(), sink.advanced(), this::hangUp);
    this.lane = new Lane(log.name());
    this.batch = new Batch(lane);
  }

  /// Reads until the log ends, which it does with the container.
  ///
  /// @param opened the log's stream if it was opened already; taken over
  /// @throws EngineException when the Engine refuses the log, for which asking again is no use
  void run(@Nullable EarlyStream opened) throws EngineException, InterruptedException {
    early = opened;
    try {
      read();
    } finally {
      if (early != null) {
        early.close();
      }
    }
  }

  private void read() throws EngineException, InterruptedException {
    long pause = FIRST_PAUSE;
    var never = new Semaphore(0);
    while (true) {
      progressed = false;
      try {
        if (follow()) {
          problem = null;
          return;
        }
      } catch (IOException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        problem = e.toString();
      } catch (EngineException e) {
        if (e.answered()) {
          throw e;
        }
        problem = e.getMessage();
      } catch (RuntimeException | Error e) {
        // A defect, here or in a receiver, must not end the only reader of this log.
        problem = "reading failed unexpectedly: " + e;
      }
      if (progressed && !confirmations.hasFailed()) {
        pause = FIRST_PAUSE;
      }
      never.tryAcquire(pause, TimeUnit.NANOSECONDS);
      pause = Math.min(2 * pause, LONGEST_PAUSE);
    }
  }

  /// Follows the log over one connection.
  ///
  /// @return whether the log has ended; otherwise lines have to be read again
  private boolean follow() throws IOException, EngineException, InterruptedException {
    StreamPosition from = confirmations.resume();
    seen = new Seen(from);
    recent.reset(from);
    try (InputStream stream = open(from)) {
      input = stream;
      wasOpened = true;
      var decoder = new LogDecoder(this);
      problem = null;
      int end = 0;
      int read = stream.read(buffer, 0, buffer.length);
      while (read >= 0) {
        end += read;
        int rest = decoder.decode(buffer, 0, end);
        deliver();
        end = keep(rest, end);
        if (confirmations.hasFailed()) {
          return false;
        }
        read = stream.read(buffer, end, buffer.length - end);
      }
      decoder.end(buffer, 0, end);
      deliver();
      return !confirmations.hasFailed();
    } finally {
      input = null;
      batch.clear();
    }
  }

  private InputStream open(@Nullable StreamPosition from)
      throws EngineException, InterruptedException {
    EarlyStream opened = early;
    early = null;
    if (opened == null) {
      return engine.logs(log.containerId(), from == null ? 0 : from.timestamp(), true);
    }
    if (from == null) {
      return opened.take();
    }
    opened.close();
    return open(from);
  }

  /// Moves what is not whole to the front and makes room behind it.
  private int keep(int from, int to) {
    int rest = to - from;
    byte[] target = to == buffer.length && from < to / 2 ? new byte[2 * buffer.length] : buffer;
    System.arraycopy(buffer, from, target, 0, rest);
    buffer = target;
    return rest;
  }

  private void deliver() throws InterruptedException {
    if (batch.isEmpty()) {
      return;
    }
    progressed = true;
    confirmations.deliver(batch, recent.position(), receiver);
  }

  @Override
  public void line(boolean isStderr, long timestamp, byte[] bytes, int from, int length) {
    long hash = Recent.hash(timestamp, isStderr, bytes, from, length);
    if (!seen.isDone() && seen.contains(hash)) {
      return;
    }
    recent.add(timestamp, hash);
    TailStream stream = isStderr ? stderr : stdout;
    Entry entry = batch.add();
    entry.line(bytes, from, length);
    entry.timestamp(timestamp);
    entry.labels(stream.labels());
    entry.origin(stream.origin());
  }

  @Override
  public void unparsable() {
    unparsable.increment();
  }

  /// Gives what is read from now on other labels.
  void streams(Streams streams) {
    stdout = streams.stdout();
    stderr = streams.stderr();
  }

  /// Whether the Engine ever gave the log.
  boolean wasOpened() {
    return wasOpened;
  }

  /// Why nothing can be read at the moment, or null.
  @Nullable String problem() {
    return problem;
  }

  /// How far it is behind.
  Backlog backlog() {
    return confirmations.backlog();
  }

  /// When the last line was written that is confirmed, nanoseconds since 1970; null before one is.
  @Nullable Long confirmedTime() {
    StreamPosition confirmed = confirmations.confirmed();
    return confirmed == null ? null : confirmed.timestamp();
  }

  /// Whether all that was read is confirmed.
  boolean isSettled() {
    return confirmations.isSettled();
  }

  /// Lets go of what receivers hold for this reader. It is not run again.
  void close(Lane.Ending ending) {
    lane.close(ending);
  }

  /// Breaks the connection off; [#run] makes another unless its thread is interrupted.
  void hangUp() {
    InputStream stream = input;
    if (stream != null) {
      try {
        stream.close();
      } catch (IOException e) {
        // Closed is all it has to be.
      }
    }
  }
}
