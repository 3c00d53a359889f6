package dev.weir.agent.loki.tail;

import dev.weir.agent.loki.positions.FileMark;
import dev.weir.agent.loki.positions.FilePosition;
import dev.weir.agent.loki.tail.LineFormat.DockerJsonLines;
import dev.weir.agent.loki.tail.LineFormat.DockerLocalLines;
import dev.weir.agent.loki.tail.LineFormat.PlainLines;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A tail: the chain of a file's generations that are not finished, oldest first, the newest last.
///
/// Its reader calls [#turn] over and over; only that thread reads and changes the chain. Deliveries
/// end on any thread and touch nothing but [Generation]'s confirmed state and [#settled].
final class TailedFile implements Tail {
  /// How long a file that was renamed or deleted may still get lines from a slow writer.
  static final long LINGER = TimeUnit.SECONDS.toNanos(5);

  private static final long PATH_CHECK = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long FIRST_RETRY = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long LONGEST_RETRY = TimeUnit.SECONDS.toNanos(30);

  private final TailTarget target;
  private final Lineage lineage;
  private final Splitter splitter;
  private final Consumer<TailedFile> onEnd;
  private final TailCounts counts = new TailCounts();
  private final AtomicBoolean moved = new AtomicBoolean(true);
  private volatile @Nullable FilePosition stored;
  private volatile List<Generation> chain = List.of();
  private volatile @Nullable LineFormat newFormat;
  private volatile @Nullable Ending ending;
  private volatile boolean ended;
  private volatile boolean urgent;
  private volatile Runnable wake = () -> {};

  // Of the reading thread.
  private @Nullable String problem = "";
  private boolean awaited;
  private boolean sealing;
  private long nextPathCheck = Long.MIN_VALUE;
  private long missingSince = Long.MIN_VALUE;
  private long retryAt = Long.MIN_VALUE;
  private long retryDelay = FIRST_RETRY;
  private int silentTurns;
  private boolean flushed;

  /// @param stored where to go on, or null
  /// @param onEnd run when the tail has ended, before its listener learns of it
  TailedFile(
      TailTarget target,
      @Nullable FilePosition stored,
      int longestLine,
      Consumer<TailedFile> onEnd) {
    this.target = target;
    this.stored = stored;
    this.onEnd = onEnd;
    this.lineage = new Lineage(target);
    this.splitter =
        switch (target.format()) {
          case PlainLines plain -> new PlainSplitter(plain, longestLine);
          case DockerJsonLines json -> new DockerJsonSplitter(json, longestLine);
          case DockerLocalLines local -> throw new IllegalArgumentException(local.toString());
        };
  }

  @Override
  public String key() {
    return target.key();
  }

  @Override
  public void format(LineFormat format) {
    if (format.getClass() != target.format().getClass()) {
      throw new IllegalArgumentException("a tail cannot change from one kind of format to another");
    }
    newFormat = format;
  }

  @Override
  public void close(Ending how) {
    if (ending != Ending.NOW) {
      ending = how;
    }
    urgent = true;
    wake.run();
  }

  /// Sets how to end the wait of its reader.
  void onUrgency(Runnable newWake) {
    wake = newWake;
  }

  /// Whether it wants a turn at once; asking clears it.
  boolean isUrgent() {
    boolean was = urgent;
    if (was) {
      urgent = false;
    }
    return was;
  }

  @Override
  public TailStats stats() {
    List<Generation> generations = chain;
    Generation newest = generations.isEmpty() ? null : generations.getLast();
    long lag = generations.stream().mapToLong(Generation::lag).sum();
    return counts.stats(
        newest == null ? 0 : newest.offset(), newest == null ? 0 : newest.size(), lag);
  }

  TailCounts counts() {
    return counts;
  }

  boolean isEndingNow() {
    return ending == Ending.NOW;
  }

  boolean hasEnded() {
    return ended;
  }

  /// A delivery has ended, so the position may have moved.
  void settled() {
    moved.set(true);
  }

  /// The position if it may have moved since the last call.
  Optional<FilePosition> movedPosition() {
    return moved.compareAndSet(true, false) ? position() : Optional.empty();
  }

  private Optional<FilePosition> position() {
    List<FileMark> marks = new ArrayList<>(lineage.finished());
    for (Generation generation : chain) {
      marks.add(generation.mark(isFinished(generation)));
    }
    return marks.isEmpty() || chain.isEmpty()
        ? Optional.empty()
        : Optional.of(new FilePosition(marks));
  }

  /// Whether every batch that was sent has been confirmed.
  boolean isConfirmed() {
    return chain.stream().allMatch(Generation::isConfirmed);
  }

  /// Whether no batch is on its way.
  boolean isSettled() {
    return chain.stream().allMatch(Generation::isSettled);
  }

  /// Opens what there is. Called by whoever opens the tail, before its reader knows it.
  void open(long now) {
    try {
      begin(new byte[Generation.HEAD_LENGTH], now);
    } catch (FileId.MovedException e) {
      // The reader will look again.
    } catch (IOException e) {
      failing(e);
    }
  }

  /// Reads a piece.
  ///
  /// @return whether there may be more to read at once
  boolean turn(ChunkReader reader, long now) throws InterruptedException {
    applyFormat();
    try {
      if (ending == Ending.NOW) {
        end();
        return false;
      }
      return mayRead(now) && (readOn(reader, now) || drain(reader));
    } catch (ClosedByInterruptException e) {
      throw (InterruptedException) new InterruptedException().initCause(e);
    } catch (FileId.MovedException e) {
      return false;
    } catch (IOException e) {
      failing(e);
      giveUp();
      return false;
    }
  }

  /// What is to be drained and cannot be read will not become readable.
  private void giveUp() {
    if (ending == Ending.DRAIN && ++silentTurns >= 2) {
      end();
    }
  }

  private void applyFormat() {
    LineFormat format = newFormat;
    if (format != null) {
      newFormat = null;
      splitter.format(format);
    }
  }

  private void begin(byte[] scratch, long now) throws IOException {
    FilePosition position = stored;
    List<Generation> found =
        position == null ? lineage.fresh() : lineage.resumed(position, this::lost);
    if (found.isEmpty()) {
      throw new NoSuchFileException(target.path().toString());
    }
    if (position == null && target.start() == TailTarget.Start.END && !awaited) {
      LastLine.startAt(found.getLast(), scratch);
    }
    stored = null;
    chain = List.copyOf(found);
    sealOlder(now);
    reading();
  }

  private void reading() {
    missingSince = Long.MIN_VALUE;
    if (problem != null) {
      problem = null;
      target.listener().reading();
    }
  }

  private void failing(IOException e) {
    boolean missing = e instanceof NoSuchFileException;
    awaited |= missing;
    String message =
        missing
            ? "file does not exist: " + target.path()
            : e.getClass().getSimpleName() + ": " + e.getMessage();
    if (!message.equals(problem)) {
      problem = message;
      target.listener().failing(message);
    }
  }

  private void lost(long bytes, String message) {
    counts.lost(bytes);
    target.listener().lost(bytes, message);
  }

  /// False while batches that failed are to be waited for; goes back when the wait is over.
  private boolean mayRead(long now) {
    if (chain.stream().noneMatch(Generation::hasFailed)) {
      return true;
    }
    if (!isSettled()) {
      return false;
    }
    if (retryAt == Long.MIN_VALUE) {
      retryAt = now + retryDelay;
      retryDelay = Math.min(2 * retryDelay, LONGEST_RETRY);
    }
    if (now < retryAt) {
      return false;
    }
    retryAt = Long.MIN_VALUE;
    flushed = false;
    splitter.reset();
    for (Generation generation : chain) {
      long gone = generation.rewind();
      if (gone > 0) {
        lost(gone, "what could not be delivered at first was overwritten meanwhile");
      }
    }
    return true;
  }

  /// Reads from the oldest generation that has something; looks for newer ones when none has.
  private boolean readOn(ChunkReader reader, long now) throws IOException, InterruptedException {
    if (chain.isEmpty()) {
      begin(reader.scratch(), now);
      return true;
    }
    retire();
    for (Generation generation : chain) {
      if (generation.isClosed()) {
        continue;
      }
      if (generation.hasUnread()) {
        Reading outcome = reader.read(this, generation, splitter);
        if (outcome == Reading.CHANGED) {
          replace(generation);
        }
        if (outcome != Reading.NOTHING) {
          silentTurns = 0;
          return true;
        }
      }
      if (!generation.isSealed() && generation.sealAt() <= now) {
        generation.seal();
        return true;
      }
    }
    if (isConfirmed()) {
      retryDelay = FIRST_RETRY;
    }
    return now >= nextPathCheck && !sealing && lookAtPath(reader.scratch(), now);
  }

  /// What came of an attempt to read.
  enum Reading {
    /// The generation has nothing whole for now.
    NOTHING,
    /// Something was read.
    SOME,
    /// What had been read before is not there any more.
    CHANGED
  }

  /// A generation was truncated or overwritten: goes on with a copy of it, if there is one, and
  /// with what is there now.
  private void replace(Generation generation) throws IOException {
    long unread = Math.max(0, generation.largest() - generation.offset());
    Generation copy = lineage.copyOf(generation);
    List<Generation> longer = new ArrayList<>(chain);
    longer.add(longer.indexOf(generation) + 1, generation.giveUp());
    if (copy != null) {
      generation.goOnWith(copy);
    } else {
      generation.abandon();
      lost(unread, "file was truncated or overwritten before it was read to its end");
    }
    chain = List.copyOf(longer);
    moved.set(true);
  }

  /// Looks whether another file has taken the path.
  private boolean lookAtPath(byte[] scratch, long now) throws IOException {
    nextPathCheck = now + PATH_CHECK;
    Generation newest = chain.getLast();
    try {
      FileId.Found found = FileId.at(target.path());
      reading();
      if (found.id().equals(newest.id()) && !newest.isClosed()) {
        newest.unseal();
        return isRewritten(newest, found.modified(), scratch);
      }
    } catch (NoSuchFileException e) {
      missing(newest, now, e);
      return false;
    }
    List<Generation> newer = lineage.newer(chain, this::lost);
    if (newer.isEmpty() && newest.isSealed()) {
      newer = lineage.again(newest);
    }
    List<Generation> longer = new ArrayList<>(chain);
    longer.addAll(newer);
    chain = List.copyOf(longer);
    moved.set(true);
    sealOlder(now);
    return !newer.isEmpty();
  }

  /// Whether a file that has nothing new was truncated and has regrown to the same size.
  private boolean isRewritten(Generation newest, long modified, byte[] scratch) throws IOException {
    if (!newest.wasModified(modified) || Proof.holds(newest.content(), newest.check(), scratch)) {
      return false;
    }
    replace(newest);
    return true;
  }

  private void sealOlder(long now) {
    long sealAt = target.rotation() == Rotation.NUMBERED ? now : now + LINGER;
    for (Generation generation : chain.subList(0, chain.size() - 1)) {
      generation.sealAt(sealAt);
    }
  }

  /// The file is gone; its descriptor is kept for a while, as its writer may go on.
  private void missing(Generation newest, long now, NoSuchFileException e) {
    if (missingSince == Long.MIN_VALUE) {
      missingSince = now;
    }
    if (now - missingSince >= LINGER) {
      newest.sealAt(now);
      failing(e);
    }
  }

  /// Lets go of generations that are confirmed whole.
  private void retire() throws IOException {
    boolean any = false;
    for (Generation generation : chain) {
      if (!generation.isClosed() && isFinished(generation)) {
        generation.close();
        any = true;
      }
    }
    if (any) {
      List<Generation> left = new ArrayList<>(chain);
      for (Generation generation : chain.subList(0, chain.size() - 1)) {
        if (generation.isClosed()) {
          lineage.finish(generation);
          left.remove(generation);
        }
      }
      chain = List.copyOf(left);
      moved.set(true);
    }
  }

  private static boolean isFinished(Generation generation) {
    return generation.isClosed()
        || (generation.isSealed()
            && generation.offset() >= generation.size()
            && generation.isConfirmed());
  }

  /// Brings a tail that is to be drained to its end, once there is nothing more to read.
  private boolean drain(ChunkReader reader) throws InterruptedException {
    if (ending != Ending.DRAIN || ++silentTurns < 2) {
      return false;
    }
    if (chain.isEmpty()) {
      end();
      return false;
    }
    if (!sealing) {
      sealing = true;
      chain.forEach(Generation::seal);
      return true;
    }
    if (!flushed) {
      flushed = true;
      reader.flush(this, chain.getLast(), splitter);
    }
    if (isConfirmed()) {
      end();
    }
    return false;
  }

  /// Whether the position of a generation covers a line that began in an older one.
  List<Generation> olderThan(Generation generation) {
    List<Generation> all = chain;
    return all.subList(0, Math.max(0, all.indexOf(generation)));
  }

  private void end() {
    boolean confirmed = isConfirmed();
    release();
    moved.set(true);
    ended = true;
    onEnd.accept(this);
    target.listener().ended(confirmed);
  }

  /// Lets go of descriptors; the position stays to be read.
  void release() {
    for (Generation generation : chain) {
      try {
        generation.content().close();
      } catch (IOException e) {
        // It was only read from: nothing is lost by it.
      }
    }
  }
}
