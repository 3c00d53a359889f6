package dev.weir.agent.loki.podlog;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.Lane;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.Stall;
import dev.weir.agent.loki.positions.StreamPosition;
import dev.weir.agent.loki.stream.Confirmations;
import dev.weir.agent.loki.stream.LogTime;
import dev.weir.agent.loki.stream.Recent;
import dev.weir.agent.loki.stream.Seen;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads one container's log through the API, and follows it over restarts of the container.
///
/// A broken connection is taken up again behind the last line read; a batch that was not delivered
/// makes it go back to the last line confirmed. [#run] runs on a thread of its own; the other
/// methods may be called by any.
final class LogReader {
  private static final int FIRST_BUFFER = 4 << 10;
  private static final int LONGEST_LINE = 8 << 20;
  private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(30);
  private static final long MICROSECOND = 1000;
  private static final long LONGEST_STREAM = TimeUnit.HOURS.toNanos(1);

  private final LogApi api;
  private final PodContainer container;
  private final Receiver receiver;
  private final LongAdder unparsable;
  private final Lane lane;
  private final Batch batch;
  private final Confirmations confirmations;
  private final Recent recent = new Recent();
  private final LogTime time = new LogTime();
  private volatile Labels labels;
  private volatile @Nullable InputStream input;
  private volatile long openedAt;
  private volatile @Nullable String problem;
  private volatile ContainerState.@Nullable Life end;
  private Seen seen = new Seen(null);
  private long from;

  /// Whether the next line of the microsecond that it begins with was sent by Alloy.
  private boolean foreign;

  private int restarts;

  /// Whether a line was sent since the log was last opened.
  private boolean progressed;

  private byte[] buffer = new byte[FIRST_BUFFER];

  /// Where the lines go.
  ///
  /// @param start the confirmed place, or null
  /// @param advanced takes new confirmed places
  /// @param unparsable counts lines that are left out for want of a timestamp
  record Sink(
      Receiver receiver,
      @Nullable StreamPosition start,
      Consumer<StreamPosition> advanced,
      LongAdder unparsable) {}

  LogReader(LogApi api, LogTarget target, Sink sink) {
    this.api = api;
    this.container = target.container();
    this.labels = target.labels();
    this.receiver = sink.receiver();
    this.unparsable = sink.unparsable();
    this.lane = new Lane(container.toString());
    this.batch = new Batch(lane);
    this.confirmations = new Confirmations(sink.start(), sink.advanced(), this::hangUp);
  }

  /// Reads until there will be nothing more.
  void run() throws InterruptedException {
    long pause = FIRST_PAUSE;
    boolean wasOver = false;
    var never = new Semaphore(0);
    while (true) {
      progressed = false;
      try {
        ContainerState.Life life = readOnce();
        problem = null;
        if (life == ContainerState.Life.GONE || (wasOver && !confirmations.hasFailed())) {
          end = life;
          return;
        }
        // What ended while the connection was being lost is read once more, to its very end.
        wasOver = life == ContainerState.Life.ENDED;
      } catch (IOException | RuntimeException | Error e) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        problem = e instanceof IOException ? e.getMessage() : e.toString();
      }
      if (progressed && !confirmations.hasFailed()) {
        pause = FIRST_PAUSE;
      }
      never.tryAcquire(pause, TimeUnit.NANOSECONDS);
      pause = Math.min(2 * pause, LONGEST_PAUSE);
    }
  }

  /// Reads what there is, and follows while the connection lasts.
  ///
  /// @return how the container did before
  private ContainerState.Life readOnce() throws IOException, InterruptedException {
    ContainerState state = api.state(container);
    if (state.life() == ContainerState.Life.GONE) {
      confirmations.resume();
      return state.life();
    }
    StreamPosition place = confirmations.resume();
    if (place != null && state.restarts() > restarts) {
      readPrevious();
    }
    restarts = state.restarts();
    read(LogApi.Which.CURRENT);
    return state.life();
  }

  /// Reads the rest of the log of before a restart, if it is still there.
  private void readPrevious() throws IOException, InterruptedException {
    try {
      read(LogApi.Which.PREVIOUS);
    } catch (LogApiException e) {
      if (e.code() != 400 && e.code() != 404) {
        throw e;
      }
    }
  }

  private void read(LogApi.Which which) throws IOException, InterruptedException {
    StreamPosition place = confirmations.resume();
    seen = new Seen(place);
    recent.reset(place);
    from = place == null ? 0 : place.timestamp();
    foreign = place != null && ForeignLogs.isForeign(place);
    try (InputStream stream = api.open(container, which, from)) {
      openedAt = System.nanoTime();
      input = stream;
      problem = null;
      read(stream);
    } finally {
      input = null;
      batch.clear();
    }
  }

  private void read(InputStream stream) throws IOException, InterruptedException {
    int end = 0;
    int read = stream.read(buffer, 0, buffer.length);
    while (read >= 0 && !confirmations.hasFailed()) {
      end += read;
      int rest = lines(end);
      deliver();
      end = keep(rest, end);
      read = stream.read(buffer, end, buffer.length - end);
    }
    if (end > 0 && !confirmations.hasFailed()) {
      line(0, end);
      deliver();
    }
  }

  /// Takes every whole line.
  ///
  /// @return where what is not whole begins
  private int lines(int end) {
    int start = 0;
    for (int i = 0; i < end; i++) {
      if (buffer[i] == '\n') {
        line(start, i);
        start = i + 1;
      }
    }
    if (end - start >= LONGEST_LINE) {
      line(start, end);
      return end;
    }
    return start;
  }

  /// Moves what is not whole to the front and makes room behind it.
  private int keep(int rest, int end) {
    int length = end - rest;
    byte[] target = length > buffer.length / 2 ? new byte[2 * buffer.length] : buffer;
    System.arraycopy(buffer, rest, target, 0, length);
    buffer = target;
    return length;
  }

  private void line(int start, int end) {
    long timestamp = time.parse(buffer, start, end);
    if (timestamp == LogTime.NONE) {
      unparsable.increment();
      return;
    }
    int text = time.end() + 1;
    long hash = Recent.hash(timestamp, false, buffer, text, end - text);
    if (timestamp < from || (!seen.isDone() && seen.contains(hash))) {
      return;
    }
    if (foreign && timestamp < from + MICROSECOND) {
      foreign = false;
      return;
    }
    recent.add(timestamp, hash);
    Entry entry = batch.add();
    entry.line(buffer, text, end - text);
    entry.timestamp(timestamp);
    entry.labels(labels);
  }

  private void deliver() throws InterruptedException {
    if (batch.isEmpty()) {
      return;
    }
    progressed = true;
    confirmations.deliver(batch, recent.position(), receiver);
  }

  /// Gives what is read from now on other labels.
  void labels(Labels newLabels) {
    labels = newLabels;
  }

  Labels labels() {
    return labels;
  }

  PodContainer container() {
    return container;
  }

  /// How the container did when reading ended; null while it goes on.
  ContainerState.@Nullable Life end() {
    return end;
  }

  /// Why nothing can be read at the moment, or null.
  @Nullable String problem() {
    return problem;
  }

  /// How far it is behind.
  Stall stall() {
    return new Stall(container.toString(), confirmations.backlog());
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
  void close() {
    lane.close();
  }

  /// Breaks off a connection that is old: a node may have stopped to follow a rotated log.
  void hangUpIfOld() {
    if (input != null && System.nanoTime() - openedAt > LONGEST_STREAM) {
      hangUp();
    }
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
