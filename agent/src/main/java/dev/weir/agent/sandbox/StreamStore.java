package dev.weir.agent.sandbox;

import dev.weir.agent.loki.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The entries of one stream in order of time, and of arrival within one nanosecond. Guarded by the
/// store's lock.
final class StreamStore {
  final Labels pushed;
  final Labels labels;
  private final List<Stored> entries = new ArrayList<>();
  private final Map<Stored, Stored> known = new HashMap<>();
  private long newest = Long.MIN_VALUE;

  /// @param pushed the labels as sent
  /// @param labels the labels as queried, with what Loki adds
  StreamStore(Labels pushed, Labels labels) {
    this.pushed = pushed;
    this.labels = labels;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /// The oldest timestamp that the stream still takes.
  long oldestAcceptable(long windowNanos) {
    return newest == Long.MIN_VALUE || windowNanos == 0 ? Long.MIN_VALUE : newest - windowNanos;
  }

  /// Adds an entry, or counts one more push of it and returns it when it is there already.
  @Nullable Stored add(Stored entry) {
    Stored same = known.putIfAbsent(entry, entry);
    if (same != null) {
      same.pushes++;
      return same;
    }
    newest = Math.max(newest, entry.timestamp);
    entries.add(after(entry.timestamp), entry);
    return null;
  }

  /// The index behind the last entry of that time or earlier.
  private int after(long timestamp) {
    int low = 0;
    int high = entries.size();
    if (high == 0 || entries.get(high - 1).timestamp <= timestamp) {
      return high;
    }
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (entries.get(middle).timestamp <= timestamp) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /// The entries from `start` on and before `end`; a view, valid under the lock.
  List<Stored> between(long start, long end) {
    int from = start == Long.MIN_VALUE ? 0 : after(start - 1);
    int to = end == Long.MIN_VALUE ? 0 : after(end - 1);
    return to <= from ? List.of() : entries.subList(from, to);
  }

  /// Every entry; a view, valid under the lock.
  List<Stored> all() {
    return entries;
  }

  /// Forgets the entries marked as evicted.
  void dropEvicted() {
    entries.removeIf(entry -> {
      if (entry.evicted) {
        known.remove(entry);
      }
      return entry.evicted;
    });
  }
}
