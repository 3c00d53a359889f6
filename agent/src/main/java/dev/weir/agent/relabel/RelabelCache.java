package dev.weir.agent.relabel;

import dev.weir.agent.loki.Labels;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Remembers what rules make of labels, the least recently used forgotten first.
///
/// Not thread-safe: one per lane.
public final class RelabelCache {
  private final Rules rules;
  private final int capacity;
  private final Map<Labels, Optional<Labels>> results = new LinkedHashMap<>(16, 0.75f, true);
  private long hits;
  private long misses;

  /// @param capacity label sets remembered; 0 remembers none
  public RelabelCache(Rules rules, int capacity) {
    this.rules = rules;
    this.capacity = capacity;
  }

  /// What the rules make of the labels; empty when they drop them.
  public Optional<Labels> apply(Labels labels) {
    Optional<Labels> known = results.get(labels);
    if (known != null) {
      hits++;
      return known;
    }
    misses++;
    Optional<Labels> result = rules.apply(labels);
    if (capacity > 0) {
      if (results.size() >= capacity) {
        results.remove(results.keySet().iterator().next());
      }
      results.put(labels, result);
    }
    return result;
  }

  /// Label sets remembered.
  public int size() {
    return results.size();
  }

  /// How often a result was known.
  public long hits() {
    return hits;
  }

  /// How often a result had to be computed.
  public long misses() {
    return misses;
  }
}
