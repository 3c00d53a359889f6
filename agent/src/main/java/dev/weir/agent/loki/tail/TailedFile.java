package dev.weir.agent.loki.tail;

import dev.weir.agent.loki.Backlog;
import dev.weir.agent.loki.positions.FilePosition;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A tail: reads the chain of a file's generations and looks for newer ones.
///
/// Its reader calls [#turn] over and over; only that thread reads and changes the chain. Deliveries
/// end on any thread and touch nothing but [Generation]'s confirmed state and [#settled].
final class TailedFile implements Tail {
  private static final long PATH_CHECK = TimeUnit.MILLISECONDS.toNanos(100);

  private final TailTarget target;
  private final Lineage lineage;
  private final Chain chain;
  private final Held held;
  private final Watch watch;
  private final Splitter splitter;
  private final Consumer<TailedFile> onEnd;
  private final Readability readability;
  private final RetryPause retry = new RetryPause();
  private final TailCounts counts = new TailCounts();
  private final Urgency urgency = new Urgency();
  private final AtomicBoolean moved = new AtomicBoolean(true);
  private volatile @Nullable FilePosition stored;
  private volatile @Nullable LineFormat newFormat;
  private volatile @Nullable Ending ending;
  private volatile boolean ended;
  private volatile boolean waiting;

  // Of the reading thread.
  private boolean sealing;
  private long nextPathCheck = Long.MIN_VALUE;
  private long missingSince = Long.MIN_VALUE;
  private int silentTurns;
  private boolean flushed;
  private @Nullable Archive archive;

  /// @param stored where to go on, or null
  /// @param early the file at the path if it was opened before; taken over
  /// @param onEnd run when the tail has ended, before its listener learns of it
  TailedFile(
      TailTarget target,
      @Nullable FilePosition stored,
      @Nullable EarlyFile early,
      int longestLine,
      Consumer<TailedFile> onEnd) {
    this.target = target;
    this.stored = stored;
    this.waiting = target.held();
    this.onEnd = onEnd;
    this.readability = new Readability(target);
    this.lineage = new Lineage(target, early);
    this.chain = new Chain(target.rotation(), lineage);
    this.held = new Held(target, chain, lineage);
    this.watch = new Watch(target, chain, held);
    this.splitter = Splitter.of(target.format(), longestLine);
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
    if (waiting) {
      waiting = false;
      urgency.raise();
    }
  }

  @Override
  public void close(Ending how) {
    if (ending != Ending.NOW) {
      ending = how;
    }
    urgency.raise();
  }

  Urgency urgency() {
    return urgency;
  }

  @Override
  public TailStats stats() {
    return chain.stats(counts, held.lag());
  }

  @Override
  public Backlog backlog() {
    return waiting || ended ? Backlog.NONE : watch.backlog();
  }

  Watch watch() {
    return watch;
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

  /// A delivery has ended, so the position may have moved; so many bytes more are confirmed.
  void settled(long bytes) {
    watch.confirmed(bytes);
    moved.set(true);
  }

  /// The position if it may have moved since the last call.
  Optional<FilePosition> movedPosition() {
    return moved.compareAndSet(true, false) ? chain.position() : Optional.empty();
  }

  /// Opens what rotation brings while the reader is held up. Called by another thread than the
  /// reader's.
  void holdOn() {
    held.look(this::lost);
  }

  /// Whether no batch is on its way.
  boolean isSettled() {
    return chain.isSettled();
  }

  /// Opens what there is. Called by whoever opens the tail, before its reader knows it.
  void open(long now) {
    archive = Archive.of(target, now);
    if (archive != null && !archive.mayRead(now)) {
      return;
    }
    try {
      begin(new byte[Generation.HEAD_LENGTH], now);
    } catch (FileId.MovedException e) {
      // The reader will look again.
    } catch (IOException e) {
      readability.failing(e);
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
      if (waiting && ending == null) {
        hold(reader, now);
        return false;
      }
      boolean early = archive != null && !archive.mayRead(now);
      return !early && mayRead(now) && (readOn(reader, now) || drain(reader));
    } catch (ClosedByInterruptException e) {
      throw (InterruptedException) new InterruptedException().initCause(e);
    } catch (FileId.MovedException e) {
      return false;
    } catch (IOException e) {
      readability.failing(e);
      giveUp();
      return false;
    }
  }

  /// Opens what there is, and what rotation brings.
  private void hold(ChunkReader reader, long now) throws IOException {
    if (chain.isEmpty()) {
      begin(reader.scratch(), now);
    }
    held.look(this::lost);
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
        position == null ? lineage.fresh(this::lost) : lineage.resumed(position, this::lost);
    if (found.isEmpty()) {
      throw new NoSuchFileException(target.path().toString());
    }
    if (position == null
        && target.start() == TailTarget.Start.END
        && !readability.wasAwaited()
        && target.compression() == null) {
      LastLine.startAt(found.getLast(), target.format(), scratch);
    }
    stored = null;
    chain.append(found, now);
    reading();
  }

  private void reading() {
    missingSince = Long.MIN_VALUE;
    readability.reading();
  }

  private void lost(long bytes, String message) {
    counts.lost(bytes);
    target.listener().lost(bytes, message);
  }

  /// False while batches that failed are to be waited for; goes back when the wait is over.
  private boolean mayRead(long now) {
    if (!chain.hasFailed()) {
      return true;
    }
    if (!chain.isSettled()) {
      return false;
    }
    if (!retry.isOver(now)) {
      return false;
    }
    flushed = false;
    splitter.reset();
    chain.rewind(this::lost);
    return true;
  }

  /// Reads from the oldest generation that has something; looks for newer ones when none has.
  private boolean readOn(ChunkReader reader, long now) throws IOException, InterruptedException {
    if (chain.isEmpty()) {
      begin(reader.scratch(), now);
      return true;
    }
    synchronized (held) {
      List<Generation> opened = held.take();
      if (!opened.isEmpty()) {
        chain.append(opened, now);
        moved.set(true);
      }
    }
    if (chain.retire()) {
      moved.set(true);
    }
    for (Generation generation : chain) {
      if (generation.isClosed()) {
        continue;
      }
      if (generation.hasUnread()) {
        Reading outcome = reader.read(this, generation, splitter);
        if (outcome == Reading.CHANGED) {
          chain.replace(generation, this::lost);
          moved.set(true);
        }
        if (outcome != Reading.NOTHING) {
          silentTurns = 0;
          return true;
        }
      }
      if (archive != null && archive.ends(generation)) {
        return true;
      }
      if (!generation.isSealed() && generation.sealAt() <= now) {
        generation.seal();
        return true;
      }
    }
    if (chain.isConfirmed()) {
      retry.succeeded();
    }
    return now >= nextPathCheck && !sealing && lookAtPath(reader.scratch(), now);
  }

  /// Looks whether another file has taken the path.
  private boolean lookAtPath(byte[] scratch, long now) throws IOException {
    nextPathCheck = now + PATH_CHECK;
    Generation newest = chain.newest();
    if (archive != null) {
      List<Generation> more = archive.more(newest, lineage);
      chain.append(more, now);
      moved.set(true);
      return !more.isEmpty();
    }
    try {
      FileId.Found found = target.roots().at(target.path());
      reading();
      if (found.id().equals(newest.id()) && !newest.isClosed()) {
        newest.unseal();
        return isRewritten(newest, found.modified(), scratch);
      }
    } catch (NoSuchFileException e) {
      missing(newest, now, e);
      return false;
    }
    synchronized (held) {
      chain.append(held.take(), now);
      List<Generation> newer = lineage.newer(chain.all(), this::lost);
      if (newer.isEmpty() && newest.isSealed()) {
        newer = lineage.again(newest);
      }
      chain.append(newer, now);
      moved.set(true);
      return !newer.isEmpty();
    }
  }

  /// Whether a file that has nothing new was truncated and has regrown to the same size.
  private boolean isRewritten(Generation newest, long modified, byte[] scratch) throws IOException {
    if (!newest.wasModified(modified) || Proof.holds(newest.content(), newest.check(), scratch)) {
      return false;
    }
    chain.replace(newest, this::lost);
    moved.set(true);
    return true;
  }

  /// The file is gone; its descriptor is kept for a while, as its writer may go on.
  private void missing(Generation newest, long now, NoSuchFileException e) {
    if (missingSince == Long.MIN_VALUE) {
      missingSince = now;
    }
    if (now - missingSince >= Chain.LINGER) {
      newest.sealAt(now);
      readability.failing(e);
    }
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
      chain.seal();
      return true;
    }
    if (!flushed) {
      flushed = true;
      reader.flush(this, chain.newest(), splitter);
    }
    if (chain.isConfirmed()) {
      end();
    }
    return false;
  }

  /// The generations before one.
  List<Generation> olderThan(Generation generation) {
    return chain.olderThan(generation);
  }

  private void end() {
    boolean confirmed = chain.isConfirmed();
    release();
    moved.set(true);
    ended = true;
    onEnd.accept(this);
    target.listener().ended(confirmed);
  }

  /// Lets go of descriptors; the position stays to be read.
  void release() {
    held.release();
    lineage.release();
    chain.release();
  }
}
