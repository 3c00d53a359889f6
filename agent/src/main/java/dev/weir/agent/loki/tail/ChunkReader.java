package dev.weir.agent.loki.tail;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Delivery;
import dev.weir.agent.loki.Lane;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.jsonfile.JsonFileRecord;
import dev.weir.agent.loki.positions.FileMark.Slice;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Reads a piece of a generation into the one buffer of its thread, and sends what it makes of it.
final class ChunkReader {
  private final TailSettings settings;
  private final InstantSource clock;
  private final Supplier<Receiver> receiver;
  private final Consumer<Throwable> failures;
  private final Batch batch;
  private final Chunk chunk = new Chunk();
  private final byte[] scratch = new byte[Generation.HEAD_LENGTH];
  private byte[] buffer;

  /// @param failures told what a receiver threw
  ChunkReader(
      TailSettings settings,
      InstantSource clock,
      Supplier<Receiver> receiver,
      Lane lane,
      Consumer<Throwable> failures) {
    this.settings = settings;
    this.clock = clock;
    this.receiver = receiver;
    this.failures = failures;
    this.batch = new Batch(lane);
    this.buffer = new byte[settings.bufferSize() + JsonFileRecord.SLACK];
  }

  /// A few bytes for anyone on this thread.
  byte[] scratch() {
    return scratch;
  }

  /// Reads one piece and sends it.
  Reading read(TailedFile tail, Generation generation, Splitter splitter)
      throws IOException, InterruptedException {
    if (generation.content().live() && !isUnchanged(generation)) {
      return Reading.CHANGED;
    }
    splitter.prepare(generation, scratch);
    shrink();
    return readPiece(tail, generation, splitter);
  }

  private Reading readPiece(TailedFile tail, Generation generation, Splitter splitter)
      throws IOException, InterruptedException {
    Slice check = generation.content().live() ? generation.check() : Slice.NONE;
    int back = check.length();
    long base = generation.offset() - back;
    int read = generation.content().read(base, buffer, 0, buffer.length - JsonFileRecord.SLACK);
    if (read < back || !Proof.holds(check, buffer, read)) {
      return Reading.CHANGED;
    }
    generation.sawUpTo(base + read);
    chunk.bytes = buffer;
    chunk.base = base;
    chunk.from = back;
    chunk.to = splitter.complete(buffer, back, read);
    if (chunk.to == back) {
      return readIncomplete(tail, generation, splitter, read);
    }
    send(tail, generation, splitter, Kind.WHOLE);
    return Reading.SOME;
  }

  private boolean isUnchanged(Generation generation) throws IOException {
    return !generation.shrank() && generation.learnHead(scratch) && generation.learnCheck(scratch);
  }

  /// Nothing in the buffer is whole: waits, takes a larger buffer, or cuts.
  private Reading readIncomplete(
      TailedFile tail, Generation generation, Splitter splitter, int read)
      throws IOException, InterruptedException {
    int capacity = buffer.length - JsonFileRecord.SLACK;
    int largest = Math.max(settings.bufferSize(), settings.longestLine() + Generation.CHECK_LENGTH);
    if (read == capacity && capacity < largest) {
      buffer = new byte[Math.min(2 * capacity, largest) + JsonFileRecord.SLACK];
      return readPiece(tail, generation, splitter);
    }
    if (read < capacity && !generation.isSealed()) {
      generation.incomplete();
      return Reading.NOTHING;
    }
    if (read == chunk.from) {
      return Reading.NOTHING;
    }
    chunk.to = read;
    send(tail, generation, splitter, read < capacity ? Kind.LAST : Kind.CUT);
    return Reading.SOME;
  }

  /// Gives a buffer back that was enlarged for one long line.
  private void shrink() {
    int usual = settings.bufferSize() + JsonFileRecord.SLACK;
    if (buffer.length > usual && chunk.to - chunk.from < settings.bufferSize()) {
      buffer = new byte[usual];
    }
  }

  /// What is known of a piece's end.
  private enum Kind {
    WHOLE,
    CUT,
    LAST
  }

  private void send(TailedFile tail, Generation generation, Splitter splitter, Kind kind)
      throws InterruptedException {
    chunk.generation = generation;
    chunk.stdoutFrom = generation.stdoutFrom();
    chunk.stderrFrom = generation.stderrFrom();
    Instant now = clock.instant();
    chunk.readAt = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    // Now, because splitting decodes in place. Cut text may end elsewhere: then it is learnt anew.
    Slice atEnd = Proof.of(chunk.bytes, chunk.to, chunk.base + chunk.to, chunk.to);
    boolean sent = true;
    while (sent && chunk.from < chunk.to) {
      int before = chunk.from;
      boolean olderHeld = splitter.holdsOlder(generation);
      batch.clear();
      if (kind == Kind.WHOLE) {
        splitter.split(chunk, batch);
      } else {
        splitter.cut(chunk, batch, kind == Kind.LAST);
      }
      tail.counts().read((long) chunk.from - before, batch.size(), chunk);
      boolean atTheEnd = chunk.from == chunk.to;
      generation.advance(chunk.position(), atTheEnd ? atEnd : generation.check(), atTheEnd);
      boolean released = olderHeld && !splitter.holdsOlder(generation);
      sent = deliver(tail, generation, splitter, released);
      if (kind == Kind.CUT) {
        return;
      }
    }
  }

  /// Sends what a splitter has held, when nothing more will come.
  void flush(TailedFile tail, Generation generation, Splitter splitter)
      throws InterruptedException {
    batch.clear();
    splitter.flush(batch);
    tail.counts().read(0, batch.size(), chunk);
    deliver(tail, generation, splitter, true);
  }

  private boolean deliver(
      TailedFile tail, Generation generation, Splitter splitter, boolean released)
      throws InterruptedException {
    long end = generation.offset();
    var sent =
        new InFlight(
            tail,
            generation,
            end,
            Math.max(splitter.heldFrom(0, generation, end), generation.stdoutFrom()),
            Math.max(splitter.heldFrom(1, generation, end), generation.stderrFrom()),
            generation.check(),
            released ? List.copyOf(tail.olderThan(generation)) : List.of());
    generation.begin(sent);
    if (batch.isEmpty()) {
      sent.completed(true);
      return true;
    }
    var delivery = new Delivery(sent);
    batch.delivery(delivery);
    try {
      receiver.get().accept(batch);
    } catch (InterruptedException e) {
      delivery.fail();
      throw e;
    } catch (RuntimeException | Error e) {
      // Whatever it is: nobody will confirm what was not taken.
      delivery.fail();
      failures.accept(e);
      return false;
    }
    delivery.release();
    return true;
  }
}
