package dev.weir.agent.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// What happened, in order. Thread-safe.
public final class Journal {
  private final List<String> events = new CopyOnWriteArrayList<>();

  public void add(String event) {
    events.add(event);
  }

  public List<String> events() {
    return List.copyOf(events);
  }

  /// Forgets what happened so far.
  public void clear() {
    events.clear();
  }

  public boolean contains(String event) {
    return events.contains(event);
  }
}
