package dev.weir.agent.loki.wal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// Who is fed, and how places pass from one outlet to the next.
///
/// Thread-safe.
final class Feeds {
  /// Longer than a push may take by default, and a pause after it.
  private static final long STALLED = 60_000_000_000L;

  private final Wal wal;
  private final WalMetrics metrics;
  private final LongSupplier nanoTime;
  private final Logger log;

  /// Held while the list is made anew, which waits for feeds to end.
  private final ReentrantLock changing = new ReentrantLock();

  private List<Outlet> wanted = List.of();
  private volatile List<Feed> all = List.of();
  private boolean opened;

  /// A place in the log that may be taken over.
  ///
  /// @param key hash of that of its outlet
  /// @param feed null when it comes from an earlier process
  private record Known(String key, Progress progress, @Nullable Feed feed) {}

  Feeds(Wal wal, WalMetrics metrics, LongSupplier nanoTime, Logger log) {
    this.wal = wal;
    this.metrics = metrics;
    this.nanoTime = nanoTime;
    this.log = log;
  }

  /// Feeds these, as soon as the log is open.
  void want(List<Outlet> outlets) {
    changing.lock();
    try {
      wanted = List.copyOf(outlets);
      if (opened) {
        List<Known> known = new ArrayList<>();
        for (Feed feed : all) {
          known.add(new Known(feed.key(), feed.progress(), feed));
        }
        feed(known, wal.end());
      }
    } finally {
      changing.unlock();
    }
  }

  /// Begins with the places saved by an earlier process, null when there are none.
  void open(@Nullable Map<String, Place> saved, Place oldest, Place end) {
    changing.lock();
    try {
      List<Known> known = new ArrayList<>();
      if (saved != null) {
        saved.forEach(
            (key, place) -> known.add(new Known(key, new Progress(place, nanoTime), null)));
      }
      opened = true;
      feed(known, saved == null ? oldest : end);
    } finally {
      changing.unlock();
    }
  }

  private void feed(List<Known> known, Place start) {
    List<Outlet> fresh = new ArrayList<>();
    Map<Outlet, Known> taken = new HashMap<>();
    for (Outlet outlet : wanted) {
      Known match = take(known, outlet);
      if (match == null) {
        fresh.add(outlet);
      } else {
        taken.put(outlet, match);
      }
    }
    for (Outlet outlet : fresh) {
      taken.put(
          outlet,
          known.isEmpty()
              ? new Known("", new Progress(start, nanoTime), null)
              : known.removeFirst());
    }
    List<Feed> next = new ArrayList<>();
    List<Feed> started = new ArrayList<>();
    for (Outlet outlet : wanted) {
      Known place = taken.get(outlet);
      if (place != null) {
        next.add(feedOf(outlet, place, started));
      }
    }
    known.forEach(this::giveUp);
    all = List.copyOf(next);
    started.forEach(Feed::start);
  }

  private static @Nullable Known take(List<Known> from, Outlet outlet) {
    String key = Places.hash(outlet.key());
    for (int i = 0; i < from.size(); i++) {
      if (from.get(i).key().equals(key)) {
        return from.remove(i);
      }
    }
    return null;
  }

  @SuppressWarnings("ReferenceEquality") // the same endpoint, not one like it
  private Feed feedOf(Outlet outlet, Known place, List<Feed> started) {
    Feed before = place.feed();
    if (before != null && before.outlet() == outlet) {
      return before;
    }
    if (before != null) {
      before.close();
    }
    FeedMetrics meters = metrics.feed(outlet.id(), place.progress());
    var feed = new Feed(wal, outlet, place.progress(), meters, log);
    started.add(feed);
    return feed;
  }

  /// Nobody takes over: what is left for it is lost.
  private void giveUp(Known gone) {
    Feed feed = gone.feed();
    if (feed == null) {
      Gap left = Gap.between(gone.progress().confirmed(), wal.end());
      if (!left.isEmpty()) {
        metrics.abandoned(left.entries());
        log.atWarn()
            .addKeyValue("entries", left.entries())
            .log("the write-ahead log holds entries for an endpoint that is no longer configured");
      }
      return;
    }
    gone.progress().abandon(gap -> lost(feed.outlet(), gap));
    feed.close();
    lost(feed.outlet(), Gap.between(gone.progress().read(), wal.end()));
  }

  private void lost(Outlet outlet, Gap gap) {
    if (!gap.isEmpty()) {
      outlet.lost(Outlet.Loss.REMOVED, gap.entries(), gap.text());
      log.atWarn()
          .addKeyValue("endpoint", outlet.id())
          .addKeyValue("entries", gap.entries())
          .log("an endpoint was removed before everything was delivered to it");
    }
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /// Whether everybody has got everything before a place.
  boolean isDelivered(Place place) {
    for (Feed feed : all) {
      if (feed.progress().confirmed().sequence() < place.sequence()) {
        return false;
      }
    }
    return true;
  }

  /// Whether some have got everything before a place, and none of the others has got anything for
  /// long: they are dead, and waiting for them would hold up the living.
  boolean isHeldUp(Place place) {
    boolean ahead = false;
    for (Feed feed : all) {
      Progress progress = feed.progress();
      if (progress.confirmed().sequence() >= place.sequence()) {
        ahead = true;
      } else if (progress.stalledNanos() < STALLED) {
        return false;
      }
    }
    return ahead;
  }

  /// Makes everybody go on behind a place; returns how many entries that leaves out.
  long skip(Place to, Outlet.Loss why) {
    long entries = 0;
    for (Feed feed : all) {
      Gap gap = Gap.between(feed.progress().skipTo(to), to);
      if (!gap.isEmpty()) {
        feed.outlet().lost(why, gap.entries(), gap.text());
        entries += gap.entries();
      }
    }
    return entries;
  }

  /// What to save.
  Map<String, Place> places() {
    Map<String, Place> places = new TreeMap<>();
    for (Feed feed : all) {
      places.put(feed.key(), feed.progress().confirmed());
    }
    return places;
  }

  /// @param ages how old what lies behind a place is, in seconds
  List<WalStatus.Reader> status(Place end, ToDoubleFunction<Place> ages) {
    List<WalStatus.Reader> readers = new ArrayList<>();
    for (Feed feed : all) {
      Place place = feed.progress().confirmed();
      Gap left = Gap.between(place, end);
      readers.add(
          new WalStatus.Reader(
              feed.outlet().id(),
              place.segment(),
              place.offset(),
              left.entries(),
              left.text(),
              left.isEmpty() ? 0 : ages.applyAsDouble(place)));
    }
    return readers;
  }

  /// Hands on what is left, until the deadline.
  void drain(long deadline) throws InterruptedException {
    List<Feed> feeds = all;
    feeds.forEach(Feed::finish);
    for (Feed feed : feeds) {
      feed.await(deadline - System.nanoTime());
    }
  }

  void close() {
    changing.lock();
    try {
      opened = false;
      all.forEach(Feed::close);
    } finally {
      changing.unlock();
    }
  }
}
