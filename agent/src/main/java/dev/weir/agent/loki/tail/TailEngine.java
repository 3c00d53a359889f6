package dev.weir.agent.loki.tail;

import dev.weir.agent.component.Joining;
import dev.weir.agent.loki.Lane;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.positions.FilePosition;
import dev.weir.agent.loki.positions.Positions;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// Reads files on a few threads and keeps their positions.
///
/// Thread-safe.
public final class TailEngine {
  private static final long SAVE_EVERY = TimeUnit.SECONDS.toNanos(1);
  private static final long CONFIRMATION_POLL = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long REPORT_EVERY = TimeUnit.SECONDS.toNanos(10);

  /// How often it is looked whether files get on.
  private static final long WATCH_EVERY = TimeUnit.SECONDS.toNanos(5);

  private final TailSettings settings;
  private final Positions positions;
  private final LongSupplier nanoTime;
  private final Logger log;
  private final List<TailReader> readers = new ArrayList<>();
  private final Map<String, TailedFile> tails = new ConcurrentHashMap<>();
  private volatile Receiver receiver;
  private volatile @Nullable String savingFailed;
  private volatile long lastReport = Long.MIN_VALUE;
  private volatile long lastWatch;
  private volatile boolean running;

  /// @param receiver of every batch; called by as many threads as there are readers
  /// @param positions which the engine fills and saves, but does not close
  public TailEngine(
      TailSettings settings,
      Positions positions,
      Receiver receiver,
      InstantSource clock,
      Logger log) {
    this(settings, positions, receiver, clock, log, System::nanoTime);
  }

  TailEngine(
      TailSettings settings,
      Positions positions,
      Receiver receiver,
      InstantSource clock,
      Logger log,
      LongSupplier nanoTime) {
    this.settings = settings;
    this.positions = positions;
    this.receiver = receiver;
    this.log = log;
    this.nanoTime = nanoTime;
    for (int i = 0; i < settings.readers(); i++) {
      var lane = new Lane(settings.name() + "/" + i);
      var chunks = new ChunkReader(settings, clock, this::receiver, lane, this::receiverFailed);
      readers.add(new TailReader(settings, nanoTime, lane, chunks, this::defect));
    }
  }

  /// Reads until interrupted, then stops reading, waits for confirmations as long as the settings
  /// allow, and saves the positions. Saves them every second meanwhile, also those that others have
  /// put. Called once; every thread that it started has ended when it returns.
  public void run() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    // The first look is soon, and knows of no time before.
    lastWatch = nanoTime.getAsLong() - WATCH_EVERY;
    running = true;
    for (TailReader reader : readers) {
      threads.add(Thread.ofPlatform().name(settings.name() + "/reader").start(reader));
    }
    try {
      while (!Thread.interrupted()) {
        LockSupport.parkNanos(this, SAVE_EVERY);
        if (!Thread.currentThread().isInterrupted()) {
          lookAfter();
        }
      }
    } finally {
      running = false;
      threads.forEach(Thread::interrupt);
      for (Thread thread : threads) {
        Joining.join(thread);
      }
      awaitConfirmations();
      // An interrupt would close the file under the last save; it has been heard by now.
      boolean hurried = Thread.interrupted();
      save();
      if (hurried) {
        Thread.currentThread().interrupt();
      }
      tails.values().forEach(TailedFile::release);
    }
    throw new InterruptedException();
  }

  /// What is done every second beside reading. It goes on whatever a part of it throws.
  private void lookAfter() {
    try {
      save();
      holdOn();
      if (nanoTime.getAsLong() - lastWatch >= WATCH_EVERY) {
        watch();
      }
    } catch (RuntimeException | Error e) {
      report(e, "", "looking after files failed unexpectedly; it is tried again");
    }
  }

  private void awaitConfirmations() {
    long deadline = nanoTime.getAsLong() + settings.drainTimeout().toNanos();
    while (!isSettled()
        && nanoTime.getAsLong() < deadline
        && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(this, CONFIRMATION_POLL);
    }
  }

  private boolean isSettled() {
    return tails.values().stream().allMatch(TailedFile::isSettled);
  }

  /// Gives batches to another receiver from now on.
  public void receiver(Receiver newReceiver) {
    receiver = newReceiver;
  }

  /// Changes how often files are looked at, see [TailSettings].
  public void polling(Duration shortest, Duration longest) {
    for (TailReader reader : readers) {
      reader.polling(shortest, longest);
    }
  }

  private Receiver receiver() {
    return receiver;
  }

  /// Begins with a file. It is opened before this returns if it exists, so that its content is kept
  /// even if it is deleted right after. Works before [#run] too.
  ///
  /// @throws IllegalStateException when a tail of that key is open
  public Tail open(TailTarget target) {
    return open(target, null);
  }

  /// Begins with a file that may have been opened before, and is taken over.
  ///
  /// @param early the file at the target's path, perhaps deleted since; not needed, and closed,
  ///   where a position is stored
  /// @throws IllegalStateException when a tail of that key is open
  public Tail open(TailTarget target, @Nullable EarlyFile early) {
    TailedFile before = tails.get(target.key());
    if (before != null && before.isEndingNow()) {
      ended(before);
    }
    FilePosition stored =
        positions.get(target.key()).orElse(null) instanceof FilePosition file ? file : null;
    if (early != null && stored != null) {
      early.close();
    }
    EarlyFile first = stored == null ? early : null;
    var tail = new TailedFile(target, stored, first, settings.longestLine(), this::ended);
    if (tails.putIfAbsent(target.key(), tail) != null) {
      throw new IllegalStateException("a tail is open for " + target.key());
    }
    tail.open(nanoTime.getAsLong());
    TailReader idlest =
        readers.stream().min(Comparator.comparingInt(TailReader::load)).orElseThrow();
    idlest.take(tail);
    tail.urgency().onRaise(idlest::wake);
    return tail;
  }

  /// Removes the position of a key with no open tail.
  public void forget(String key) {
    if (!tails.containsKey(key)) {
      positions.remove(key);
    }
  }

  private void ended(TailedFile tail) {
    if (tails.remove(tail.key(), tail)) {
      tail.movedPosition().ifPresent(position -> positions.put(tail.key(), position));
    }
  }

  /// Looks which files get on.
  void watch() {
    long now = nanoTime.getAsLong();
    long passed = now - lastWatch;
    lastWatch = now;
    // More than that means that this process was stopped, and its reader with it.
    long counted = Math.min(passed, 2 * WATCH_EVERY);
    tails.values().forEach(tail -> tail.watch().look(passed, counted));
  }

  /// What is wrong with the engine as a whole, for the component's health; null when nothing is.
  ///
  /// @param timeout that long it may leave its files alone
  public @Nullable String trouble(Duration timeout) {
    long since = nanoTime.getAsLong() - lastWatch;
    return running && since >= WATCH_EVERY + timeout.toNanos()
        ? "nobody has looked after the files for " + TimeUnit.NANOSECONDS.toSeconds(since) + " s"
        : savingFailed;
  }

  private void receiverFailed(Throwable failure) {
    report(failure, "", "a receiver failed; its lines are read and sent again after a pause");
  }

  private void defect(String key, Throwable failure) {
    report(failure, key, "reading a file failed unexpectedly; it is tried again");
  }

  private void report(Throwable failure, String target, String message) {
    long now = nanoTime.getAsLong();
    if (lastReport == Long.MIN_VALUE || now - lastReport >= REPORT_EVERY) {
      lastReport = now;
      log.atError().setCause(failure).addKeyValue("target", target).log(message);
    }
  }

  /// Takes every confirmed position over and writes the file.
  void save() {
    tails.forEach(
        (key, tail) -> tail.movedPosition().ifPresent(position -> positions.put(key, position)));
    try {
      positions.save();
      savingFailed = null;
    } catch (ClosedByInterruptException e) {
      // The engine is being stopped, and saves again at its end.
    } catch (IOException e) {
      String message = "positions cannot be saved: " + e;
      if (!message.equals(savingFailed)) {
        log.atError().addKeyValue("err", e.toString()).log("positions cannot be saved; trying on");
      }
      savingFailed = message;
    }
  }

  /// While a full receiver holds readers up, files go on being rotated, and older generations
  /// deleted: they are opened in time.
  private void holdOn() {
    long now = nanoTime.getAsLong();
    if (readers.stream().anyMatch(reader -> reader.isHeldUp(now))) {
      holdAll();
    }
  }

  /// Opens what rotation brings, without reading it.
  void holdAll() {
    tails.values().forEach(TailedFile::holdOn);
  }

  /// Gives every file a turn on the calling thread, for tests that have no other.
  void step() throws InterruptedException {
    for (TailReader reader : readers) {
      reader.pass(true);
    }
  }
}
