package dev.weir.agent.loki.wal;

import dev.weir.agent.logging.RateLimitedLog;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/// The disk's side of a log: writes records to segments, removes segments, saves places.
///
/// What it holds in memory is guarded by the log's lock; files are written without it, by the log's
/// thread alone.
final class LogWriter {
  private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);
  private static final String PLACES = "places";
  private static final double NANOS_PER_SECOND = 1e9;

  private final Path directory;
  private final Disk disk;
  private final Feeds feeds;
  private final WalMetrics metrics;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Logger log;
  private final RateLimitedLog losses;
  private WalSettings settings;
  private Segments segments;
  private @Nullable Places places;
  private Map<String, Place> lastSaved = Map.of();
  private @Nullable Map<String, Place> saved;
  private Disk.@Nullable Output output;
  private Place end = Place.START;

  LogWriter(
      Path directory,
      WalSettings settings,
      Disk disk,
      Feeds feeds,
      WalMetrics metrics,
      InstantSource clock,
      LongSupplier nanoTime,
      Logger log) {
    this.directory = directory;
    this.settings = settings;
    this.disk = disk;
    this.feeds = feeds;
    this.metrics = metrics;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.log = log;
    this.losses = new RateLimitedLog(log, LOG_INTERVAL);
    this.segments = Segments.none(directory);
  }

  void settings(WalSettings next) {
    settings = next;
  }

  /// Takes over what an earlier process left.
  void open(ReentrantLock lock) throws IOException {
    Segments found = Segments.open(directory, clock, nanoTime.getAsLong(), log);
    Places file = new Places(directory.resolve(PLACES));
    Map<String, Place> known;
    try {
      known = file.read();
    } catch (IOException e) {
      file.close();
      throw e;
    }
    lock.lock();
    try {
      segments = found;
      places = file;
      saved = known;
      Segment newest = found.newest();
      end = newest == null ? Place.START : newest.end();
      if (known != null) {
        for (Place place : known.values()) {
          end = end.later(place);
          found.continueAfter(place);
        }
        lastSaved = known;
      }
    } finally {
      lock.unlock();
    }
    if (known == null && found.count() > 0) {
      log.atWarn().log("nobody knows what was delivered of the write-ahead log, sending all of it");
    }
  }

  /// The places that were saved, null when they are not known.
  @Nullable Map<String, Place> saved() {
    return saved;
  }

  /// Where the oldest segment starts.
  Place oldest() {
    Segment oldest = segments.oldest();
    return oldest == null ? end : oldest.start();
  }

  Place end() {
    return end;
  }

  long bytes() {
    return segments.bytes();
  }

  int count() {
    return segments.count();
  }

  Wal.@Nullable Stretch after(Place from) {
    Segment segment = segments.after(from);
    if (segment == null) {
      return null;
    }
    long offset = segment.number() == from.segment() ? from.offset() : 0;
    return new Wal.Stretch(segment.file(), segment.number(), offset, segment.end());
  }

  /// How old what lies behind a place is at most, in seconds.
  double ageAfter(Place place) {
    Segment segment = segments.after(place);
    return segment == null ? 0 : segment.ageOfFirst(nanoTime.getAsLong()) / NANOS_PER_SECOND;
  }

  /// Whether there is nothing to tend: all is delivered, and saved.
  boolean isQuiet() {
    return feeds.isDelivered(end) && feeds.places().equals(lastSaved);
  }

  /// Writes a record; it is on disk on return, or nobody will see it.
  void write(RecordBuffer record, ReentrantLock lock) throws IOException {
    if (feeds.isEmpty()) {
      return;
    }
    long now = nanoTime.getAsLong();
    Segment segment = segment(now, lock);
    byte[] bytes = record.finish(end.sequence(), end.text(), clock.millis());
    Disk.Output to = output;
    if (to == null) {
      throw new IOException("no segment is open");
    }
    try {
      to.write(bytes, record.size());
      to.sync();
    } catch (IOException | RuntimeException e) {
      abandon(segment);
      throw e;
    }
    lock.lock();
    try {
      segment.grown(record.size(), record.entries(), record.text(), now);
      segments.grown(record.size());
      end = segment.end();
    } finally {
      lock.unlock();
    }
    metrics.written(clock.millis());
  }

  /// The segment to write to.
  private Segment segment(long now, ReentrantLock lock) throws IOException {
    Segment newest = segments.newest();
    if (output != null && newest != null && !isDone(newest, now)) {
      return newest;
    }
    closeOutput();
    Path file = segments.nextFile();
    long number = segments.takeNumber();
    output = disk.create(file);
    var start = new Place(number, 0, end.sequence(), end.text());
    var segment = new Segment(file, start, start, now);
    lock.lock();
    try {
      segments.add(segment);
    } finally {
      lock.unlock();
    }
    return segment;
  }

  private boolean isDone(Segment segment, long now) {
    return segment.bytes() > 0
        && (segment.bytes() >= settings.segmentBytes()
            || segment.ageOfFirst(now) >= settings.segmentNanos());
  }

  /// Leaves a segment to which a write has failed as it was before; the next goes to another one.
  private void abandon(Segment segment) {
    try {
      closeOutput();
      try (var file = new RandomAccessFile(segment.file().toFile(), "rw")) {
        file.setLength(segment.bytes());
      }
    } catch (IOException e) {
      // What is left of the write comes again, with the same numbers, and is told by them.
      losses.at(Level.WARN).addKeyValue("error", e).log("cannot undo a write that has failed");
    }
  }

  private void closeOutput() throws IOException {
    Disk.Output open = output;
    output = null;
    if (open != null) {
      open.close();
    }
  }

  /// Makes room for so many bytes, by dropping the oldest entries of outlets that are dead and that
  /// others are ahead of. Where nobody is ahead, waiting harms nobody.
  ///
  /// @return false when only delivery can make room
  boolean makeRoom(int more) throws IOException {
    while (segments.bytes() > 0 && segments.bytes() + more > settings.maxBytes()) {
      removeDelivered();
      Segment oldest = segments.oldest();
      if (oldest == null || segments.bytes() + more <= settings.maxBytes()) {
        return true;
      }
      if (!feeds.isHeldUp(oldest.end())) {
        return false;
      }
      drop(oldest, Outlet.Loss.FULL);
    }
    return true;
  }

  /// Drops what is too old.
  void expire() throws IOException {
    Segment oldest = segments.oldest();
    while (oldest != null
        && !settings.isTimeless()
        && oldest.bytes() > 0
        && oldest.ageOfLast(nanoTime.getAsLong()) > settings.maxAge().toNanos()) {
      drop(oldest, Outlet.Loss.EXPIRED);
      oldest = segments.oldest();
    }
  }

  private void drop(Segment segment, Outlet.Loss why) throws IOException {
    long entries = feeds.skip(segment.end(), why);
    if (entries > 0) {
      losses
          .at(Level.ERROR)
          .addKeyValue("segment", segment.number())
          .addKeyValue("entries", entries)
          .addKeyValue("reason", why)
          .log("dropped the oldest segment of the write-ahead log before it was delivered");
    }
    remove(segment);
  }

  /// Removes segments that everybody is past.
  void removeDelivered() throws IOException {
    Segment oldest = segments.oldest();
    while (oldest != null && feeds.isDelivered(oldest.end()) && !isOpen(oldest)) {
      remove(oldest);
      oldest = segments.oldest();
    }
  }

  private boolean isOpen(Segment segment) {
    return output != null && segments.isNewest(segment);
  }

  private void remove(Segment segment) throws IOException {
    if (segments.isNewest(segment)) {
      closeOutput();
    }
    segments.removeOldest();
    metrics.reclaimed(segment);
  }

  /// Saves the places when they have changed.
  void savePlaces() throws IOException {
    Map<String, Place> now = feeds.places();
    Places file = places;
    if (file != null && !now.equals(lastSaved)) {
      file.save(now);
      lastSaved = now;
    }
  }

  /// @param opened whether [#open] has succeeded
  void close(boolean opened) throws IOException {
    try {
      closeOutput();
      if (opened) {
        removeDelivered();
        savePlaces();
      }
    } finally {
      if (places != null) {
        places.close();
      }
    }
  }
}
