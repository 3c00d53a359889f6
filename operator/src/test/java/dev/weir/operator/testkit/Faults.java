package dev.weir.operator.testkit;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// The faults that wait for requests. Thread-safe.
final class Faults {
  private final List<Waiting> waiting = new CopyOnWriteArrayList<>();

  /// @param verb of the request, `get`, `list` and `watch` too; empty for any
  private record Waiting(String verb, String plural, Fault fault, AtomicInteger left) {
    boolean takes(String requestVerb, String requestPlural) {
      return (verb.isEmpty() || verb.equals(requestVerb))
          && plural.equals(requestPlural)
          && left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    }
  }

  void add(String verb, String plural, Fault fault, int times) {
    waiting.add(new Waiting(verb, plural, fault, new AtomicInteger(times)));
  }

  void clear() {
    waiting.clear();
  }

  Optional<Fault> take(String verb, String plural) {
    return waiting.stream()
        .filter(fault -> fault.takes(verb, plural))
        .map(Waiting::fault)
        .findFirst();
  }

  /// Requests that are still to fail.
  int left() {
    return waiting.stream().mapToInt(fault -> fault.left().get()).sum();
  }
}
