package dev.weir.agent.loki.source.journal;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Delivery;
import dev.weir.agent.loki.Fanout;
import dev.weir.agent.loki.Lane;
import dev.weir.agent.loki.source.journal.LokiSourceJournal.Arguments;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Follows a journal on a thread of its own, which blocks in the library while there is nothing.
///
/// The library cannot be interrupted: it is waited for at most [#LONGEST_WAIT].
final class JournalReader implements Runnable {
  private static final Duration LONGEST_WAIT = Duration.ofMillis(250);
  private static final long OPEN_AGAIN = TimeUnit.SECONDS.toNanos(2);
  private static final long SETTLE = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long FIRST_RETRY = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long LONGEST_RETRY = TimeUnit.SECONDS.toNanos(30);
  private static final int BATCH_LIMIT = 1024;
  private static final int BATCH_BYTES = 256 << 10;

  private final ComponentContext context;
  private final Supplier<Arguments> arguments;
  private final Progress progress;
  private final JournalCounts counts;
  private final Consumer<@Nullable String> trouble;
  private final Lane lane;
  private final Batch batch;
  private @Nullable String readUpTo;
  private @Nullable String told;
  private long retryDelay = FIRST_RETRY;

  /// @param arguments the present ones
  /// @param trouble told what keeps the journal from being read, or null
  JournalReader(
      ComponentContext context,
      Supplier<Arguments> arguments,
      Progress progress,
      JournalCounts counts,
      Consumer<@Nullable String> trouble) {
    this.context = context;
    this.arguments = arguments;
    this.progress = progress;
    this.counts = counts;
    this.trouble = trouble;
    this.lane = new Lane(context.id());
    this.batch = new Batch(lane);
    this.readUpTo = progress.confirmed();
  }

  @Override
  public void run() {
    try (lane) {
      while (!Thread.currentThread().isInterrupted()) {
        follow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() throws InterruptedException {
    Arguments opened = arguments.get();
    try (Journal journal = Journal.open(opened.path(), opened.matchList())) {
      boolean present = seek(journal, opened);
      fine();
      while (opened.readsLike(arguments.get()) && !progress.hasFailed()) {
        present = readOn(journal, present);
      }
    } catch (IOException e) {
      failing(e);
      pause(OPEN_AGAIN);
    }
    if (progress.hasFailed()) {
      rewind();
    }
  }

  private void fine() {
    told = null;
    trouble.accept(null);
  }

  private void failing(IOException e) {
    String message = String.valueOf(e.getMessage());
    if (!message.equals(told)) {
      told = message;
      context.log().atError().addKeyValue("err", message).log("journal cannot be read");
    }
    trouble.accept(message);
  }

  /// Goes to where reading begins.
  ///
  /// @return whether the present entry is one to be read
  private boolean seek(Journal journal, Arguments opened) throws IOException {
    String cursor = readUpTo;
    if (cursor != null) {
      try {
        return journal.seekBehind(cursor);
      } catch (IOException e) {
        context.log().atError().addKeyValue("err", e.getMessage()).log("position is not used");
      }
    }
    Instant oldest = context.clock().instant().minus(opened.maxAge());
    journal.seek(Math.max(0, TimeUnit.SECONDS.toMicros(oldest.getEpochSecond())));
    return false;
  }

  /// Reads and sends a batch, or waits for one.
  private boolean readOn(Journal journal, boolean present)
      throws IOException, InterruptedException {
    var entries = new EntryReader(arguments.get(), context.id(), counts);
    batch.clear();
    String last = null;
    int bytes = 0;
    boolean there = present || journal.next();
    while (there) {
      bytes += entries.read(journal, batch);
      last = journal.cursor();
      there = batch.size() < BATCH_LIMIT && bytes < BATCH_BYTES && journal.next();
    }
    if (last != null) {
      readUpTo = last;
      send(last);
    } else {
      journal.await(LONGEST_WAIT);
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return false;
  }

  private void send(String cursor) throws InterruptedException {
    Delivery.Listener sent = progress.begin(cursor);
    if (batch.isEmpty()) {
      sent.completed(true);
      return;
    }
    counts.lines(batch.size());
    var delivery = new Delivery(sent);
    batch.delivery(delivery);
    try {
      Fanout.to(arguments.get().forwardTo()).accept(batch);
    } catch (InterruptedException e) {
      delivery.fail();
      throw e;
    } catch (RuntimeException e) {
      delivery.fail();
      context.log().atError().setCause(e).log("a receiver failed; entries are sent again");
      return;
    }
    delivery.release();
    if (!progress.hasFailed()) {
      retryDelay = FIRST_RETRY;
    }
  }

  /// Goes back to the confirmed place, after a pause.
  private void rewind() throws InterruptedException {
    while (!progress.isSettled()) {
      pause(SETTLE);
    }
    pause(retryDelay);
    retryDelay = Math.min(2 * retryDelay, LONGEST_RETRY);
    progress.rewind();
    readUpTo = progress.confirmed();
  }

  private void pause(long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() - end < 0) {
      LockSupport.parkNanos(this, end - System.nanoTime());
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }
}
