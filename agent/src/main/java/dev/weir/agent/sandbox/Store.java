package dev.weir.agent.sandbox;

import dev.weir.agent.loki.Labels;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Every tenant's streams, within a limit of memory: beyond it the entries that arrived first go,
/// whichever tenant's they are.
///
/// Thread-safe; one lock, held for one push or one reading of a tenant's streams.
final class Store {
  private final long maxBytes;
  private final Map<String, Map<Labels, StreamStore>> tenants = new HashMap<>();
  private final ArrayDeque<Stored> byArrival = new ArrayDeque<>();
  private long bytes;
  private long arrivals;
  private long stored;
  private long duplicates;
  private long evicted;

  /// @param maxBytes memory for entries
  Store(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /// What became of the entries of one stream of a push.
  ///
  /// @param tooFarBehind the entries refused, in order
  /// @param oldestAcceptable nanoseconds, of the last one refused
  record Outcome(List<PushedEntry> tooFarBehind, long oldestAcceptable) {}

  /// Adds the entries of a stream that are not too far behind its newest.
  synchronized Outcome add(
      String tenant, Labels pushed, Labels labels, List<PushedEntry> entries, long windowNanos) {
    StreamStore stream =
        tenants
            .computeIfAbsent(tenant, _ -> new LinkedHashMap<>())
            .computeIfAbsent(labels, _ -> new StreamStore(pushed, labels));
    List<PushedEntry> refused = new ArrayList<>();
    long oldest = 0;
    for (PushedEntry entry : entries) {
      long acceptable = stream.oldestAcceptable(windowNanos);
      if (entry.timestamp() < acceptable) {
        refused.add(entry);
        oldest = acceptable;
      } else {
        add(stream, entry);
      }
    }
    if (bytes > maxBytes) {
      evict();
    }
    return new Outcome(refused, oldest);
  }

  private void add(StreamStore stream, PushedEntry entry) {
    var candidate = new Stored(stream, entry, arrivals);
    if (stream.add(candidate) != null) {
      duplicates++;
      return;
    }
    arrivals++;
    stored++;
    bytes += candidate.bytes();
    byArrival.add(candidate);
  }

  /// Makes room below the limit at once, so that the streams are gone through rarely.
  private void evict() {
    Set<StreamStore> touched = new HashSet<>();
    long target = maxBytes - maxBytes / 8;
    while (bytes > target && !byArrival.isEmpty()) {
      Stored oldest = byArrival.removeFirst();
      oldest.evicted = true;
      bytes -= oldest.bytes();
      evicted++;
      touched.add(oldest.stream);
    }
    touched.forEach(StreamStore::dropEvicted);
    tenants.values().forEach(streams -> streams.values().removeIf(StreamStore::isEmpty));
    tenants.values().removeIf(Map::isEmpty);
  }

  /// Reads a tenant's streams under the lock.
  synchronized <T extends @Nullable Object> T read(
      String tenant, Function<Collection<StreamStore>, T> reader) {
    return reader.apply(tenants.getOrDefault(tenant, Map.of()).values());
  }

  /// The tenants that have entries, in order of name.
  synchronized List<String> tenants() {
    return tenants.keySet().stream().sorted().toList();
  }

  /// Forgets every entry; what was counted stays.
  synchronized void clear() {
    tenants.clear();
    byArrival.clear();
    bytes = 0;
  }

  /// What this store counts.
  ///
  /// @param streams held now
  record Counts(
      long stored, long duplicates, long evicted, long heldEntries, long heldBytes, int streams) {}

  synchronized Counts counts() {
    int streams = tenants.values().stream().mapToInt(Map::size).sum();
    return new Counts(stored, duplicates, evicted, byArrival.size(), bytes, streams);
  }
}
