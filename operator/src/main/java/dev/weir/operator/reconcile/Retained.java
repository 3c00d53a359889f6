package dev.weir.operator.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// Values that no file reads any more stay with the agents for a while: an agent that still runs
/// the old file must find them. Used by one thread at a time.
final class Retained {
  private final Duration stay;
  private final Map<String, Instant> unusedSince = new HashMap<>();

  Retained(Duration stay) {
    this.stay = stay;
  }

  /// The values to keep: those that are needed, and those that were not long enough ago.
  ///
  /// @param present what the agents have
  /// @param kept names of values that a running file reads although the plan has no value for them
  /// @param settled whether all agents run the newest files
  Map<String, String> with(
      Map<String, String> needed,
      java.util.Set<String> kept,
      Map<String, String> present,
      boolean settled,
      Instant now) {
    var all = new TreeMap<String, String>(present);
    all.keySet()
        .removeIf(
            file -> !kept.contains(file) && !needed.containsKey(file) && over(file, settled, now));
    all.putAll(needed);
    unusedSince
        .keySet()
        .removeIf(
            file -> needed.containsKey(file) || kept.contains(file) || !all.containsKey(file));
    return all;
  }

  private boolean over(String file, boolean settled, Instant now) {
    Instant since = unusedSince.computeIfAbsent(file, _ -> now);
    return settled && !now.isBefore(since.plus(stay));
  }

  /// Whether something waits to be removed.
  boolean pending() {
    return !unusedSince.isEmpty();
  }
}
