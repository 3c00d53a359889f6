package dev.weir.agent.loki.wal;

import dev.weir.agent.component.Joining;
import dev.weir.agent.logging.RateLimitedLog;
import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Delivery;
import dev.weir.agent.loki.Lane;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/// Reads the log for one outlet, on a thread of its own, so that an outlet that is full makes
/// nobody else wait.
///
/// A record is one batch; its delivery moves the outlet's [Progress]. Reading starts where that one
/// says, once nothing is under way any more of an earlier feed for it.
final class Feed {
  private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);

  private final Wal wal;
  private final Outlet outlet;
  private final String key;
  private final Progress progress;
  private final FeedMetrics metrics;
  private final RateLimitedLog damage;
  private final RecordParser parser = new RecordParser();
  private final Batch batch;
  private final Thread thread;
  private @Nullable SegmentReader reader;
  private long readerSegment;
  private volatile boolean finishing;

  Feed(Wal wal, Outlet outlet, Progress progress, FeedMetrics metrics, Logger log) {
    this.wal = wal;
    this.outlet = outlet;
    this.key = Places.hash(outlet.key());
    this.progress = progress;
    this.metrics = metrics;
    this.damage = new RateLimitedLog(log, LOG_INTERVAL);
    this.batch = new Batch(new Lane("wal to " + outlet.id()));
    this.thread = Thread.ofPlatform().daemon().name("wal to " + outlet.id()).unstarted(this::run);
  }

  Outlet outlet() {
    return outlet;
  }

  /// What stands for the outlet's key where places are saved.
  String key() {
    return key;
  }

  Progress progress() {
    return progress;
  }

  FeedMetrics metrics() {
    return metrics;
  }

  void start() {
    thread.start();
  }

  /// Makes it end once it has read everything.
  void finish() {
    finishing = true;
    wal.wakeFeeds();
  }

  /// Waits for its end, at most so long.
  void await(long nanos) throws InterruptedException {
    if (nanos > 0) {
      thread.join(Duration.ofNanos(nanos));
    }
  }

  /// Ends it. What it has handed on goes its own way.
  void close() {
    finishing = true;
    thread.interrupt();
    Joining.join(thread);
  }

  private void run() {
    metrics.running(true);
    try {
      while (!readAll()) {
        // Starts over.
      }
    } catch (InterruptedException e) {
      // Its owner wants it to end.
    } finally {
      metrics.running(false);
      closeReader();
    }
  }

  /// Reads until all is read and it shall end; false after a failure that nobody foresaw.
  private boolean readAll() throws InterruptedException {
    try {
      startOver();
      while (step()) {
        // Goes on.
      }
      return true;
    } catch (RuntimeException e) {
      // A bug of ours. Its outlet must not starve, and nothing is confirmed by it.
      damage.at(Level.ERROR).setCause(e).log("reading the write-ahead log failed unexpectedly");
      wal.pause();
      return false;
    }
  }

  private void startOver() throws InterruptedException {
    closeReader();
    Gap gone = progress.rewind();
    if (!gone.isEmpty()) {
      outlet.lost(Outlet.Loss.FULL, gone.entries(), gone.text());
    }
  }

  /// Hands on the next record.
  ///
  /// @return false when all is read and it shall end
  private boolean step() throws InterruptedException {
    if (progress.hasFailed()) {
      startOver();
    }
    Place from = progress.read();
    Wal.Stretch stretch = wal.next(from, () -> finishing || progress.hasFailed());
    if (stretch == null) {
      return progress.hasFailed() || !finishing;
    }
    try {
      read(from, stretch);
    } catch (IOException e) {
      damage
          .at(Level.ERROR)
          .addKeyValue("segment", stretch.segment())
          .addKeyValue("error", e)
          .log("a segment cannot be read, trying again");
      metrics.unreadable();
      closeReader();
      wal.pause();
    }
    return true;
  }

  private void read(Place from, Wal.Stretch stretch) throws IOException, InterruptedException {
    SegmentReader current = readerAt(stretch);
    Frame frame = current.next(stretch.end().offset());
    damaged(current.takeSkipped(), stretch);
    if (frame == null) {
      pass(from, stretch.end());
      return;
    }
    long sequence = frame.sequence() + frame.entries();
    if (sequence <= from.sequence()) {
      // Written a second time, after the first had failed half-way.
      pass(from, new Place(stretch.segment(), current.offset(), from.sequence(), from.text()));
      return;
    }
    long text = frame.textBefore() + frame.text();
    handOn(frame, current, from, new Place(stretch.segment(), current.offset(), sequence, text));
  }

  /// Goes on behind what holds nothing more for this outlet.
  private void pass(Place from, Place to) {
    Progress.Flight flight = progress.took(from, to);
    if (flight != null) {
      lost(Gap.between(from, to));
      flight.settle(true);
      wal.progressed(false);
    }
  }

  private void handOn(Frame frame, SegmentReader current, Place from, Place to)
      throws InterruptedException {
    batch.clear();
    boolean readable = parse(frame, current);
    Progress.Flight flight = progress.took(from, to);
    if (flight == null) {
      return;
    }
    lost(Gap.between(from, new Place(0, 0, frame.sequence(), frame.textBefore())));
    metrics.read(to.segment());
    if (!readable) {
      lost(new Gap(frame.entries(), frame.text()));
      settled(flight, true);
      return;
    }
    var delivery = new Delivery(delivered -> settled(flight, delivered));
    batch.delivery(delivery);
    boolean taken = false;
    try {
      outlet.append(batch);
      taken = true;
    } finally {
      batch.clear();
      if (taken) {
        delivery.release();
      } else {
        delivery.fail();
      }
    }
  }

  private void settled(Progress.Flight flight, boolean delivered) {
    flight.settle(delivered);
    wal.progressed(!delivered);
  }

  private boolean parse(Frame frame, SegmentReader current) {
    try {
      parser.parse(current.bytes(), current.contentStart(frame), frame.length(), batch);
      return true;
    } catch (IOException e) {
      damage
          .at(Level.ERROR)
          .addKeyValue("error", e)
          .log("a record of the log cannot be understood");
      metrics.notUnderstood();
      return false;
    }
  }

  private SegmentReader readerAt(Wal.Stretch stretch) throws IOException {
    SegmentReader known = reader;
    if (known != null && readerSegment == stretch.segment() && known.offset() == stretch.offset()) {
      return known;
    }
    closeReader();
    var opened = new SegmentReader(stretch.file(), stretch.offset());
    reader = opened;
    readerSegment = stretch.segment();
    return opened;
  }

  private void damaged(long bytes, Wal.Stretch stretch) {
    if (bytes > 0) {
      metrics.damaged(bytes);
      damage
          .at(Level.ERROR)
          .addKeyValue("segment", stretch.segment())
          .addKeyValue("bytes", bytes)
          .log("a segment is damaged, going on behind it");
    }
  }

  private void lost(Gap gap) {
    if (!gap.isEmpty()) {
      outlet.lost(Outlet.Loss.DAMAGED, gap.entries(), gap.text());
    }
  }

  private void closeReader() {
    SegmentReader open = reader;
    reader = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        damage.at(Level.WARN).addKeyValue("error", e).log("cannot close a segment");
      }
    }
  }
}
