package dev.weir.agent.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/// Who refers to whom, by id. Works without recursion: a chain may be as long as a configuration.
///
/// @param references from each id, in source order, to the ids it refers to, all of them keys too
record Dependencies(Map<String, Set<String>> references) {
  Dependencies {
    references = new LinkedHashMap<>(references);
  }

  /// Every id after those that it refers to, else in source order; ids that are part of a cycle or
  /// refer to one are missing.
  List<String> order() {
    Map<String, Integer> place = new HashMap<>();
    references.keySet().forEach(id -> place.put(id, place.size()));
    Map<String, Integer> open = new HashMap<>();
    references.forEach((id, targets) -> open.put(id, targets.size()));
    Map<String, List<String>> referrers = referrers();

    List<String> names = List.copyOf(references.keySet());
    PriorityQueue<Integer> ready = new PriorityQueue<>();
    references.forEach((id, targets) -> addIf(targets.isEmpty(), ready, place.getOrDefault(id, 0)));
    List<String> order = new ArrayList<>();
    while (!ready.isEmpty()) {
      String id = names.get(ready.remove());
      order.add(id);
      for (String referrer : referrers.getOrDefault(id, List.of())) {
        int left = open.merge(referrer, -1, Integer::sum);
        addIf(left == 0, ready, place.getOrDefault(referrer, 0));
      }
    }
    return order;
  }

  /// The cycles that exclude ids from [#order]: for each id that reaches itself, all that it forms
  /// a cycle with, in source order.
  Map<String, List<String>> cycles() {
    Set<String> suspects = new LinkedHashSet<>(references.keySet());
    order().forEach(suspects::remove);
    Map<String, Set<String>> reached = new LinkedHashMap<>();
    suspects.forEach(id -> reached.put(id, reachableFrom(id)));
    Map<String, List<String>> cycles = new LinkedHashMap<>();
    reached.forEach((id, targets) -> {
      if (targets.contains(id)) {
        cycles.put(
            id,
            suspects.stream()
                .filter(other -> targets.contains(other))
                .filter(other -> reached.getOrDefault(other, Set.of()).contains(id))
                .toList());
      }
    });
    return cycles;
  }

  private Set<String> reachableFrom(String start) {
    Set<String> seen = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(targets(start));
    while (!open.isEmpty()) {
      String id = open.remove();
      if (seen.add(id)) {
        open.addAll(targets(id));
      }
    }
    return seen;
  }

  private Collection<String> targets(String id) {
    return references.getOrDefault(id, Set.of());
  }

  private Map<String, List<String>> referrers() {
    Map<String, List<String>> referrers = new HashMap<>();
    references.forEach((id, targets) ->
        targets.forEach(
            target -> referrers.computeIfAbsent(target, _ -> new ArrayList<>()).add(id)));
    return referrers;
  }

  private static void addIf(boolean wanted, PriorityQueue<Integer> queue, Integer place) {
    if (wanted) {
      queue.add(place);
    }
  }
}
