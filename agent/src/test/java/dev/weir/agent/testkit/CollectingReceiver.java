package dev.weir.agent.testkit;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Delivery;
import dev.weir.agent.loki.Receiver;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Remembers every entry, and holds deliveries open until the test confirms them.
public final class CollectingReceiver implements Receiver {
  private final List<SeenEntry> entries = new ArrayList<>();
  private final List<Delivery> open = new ArrayList<>();
  private boolean confirming = true;
  private @Nullable String holdup;

  /// From now on entries stay unconfirmed until [#confirmAll] or [#failAll].
  public synchronized void holdDeliveries() {
    confirming = false;
  }

  @Override
  public synchronized void accept(Batch batch) {
    for (int i = 0; i < batch.size(); i++) {
      entries.add(SeenEntry.of(batch.get(i)));
    }
    if (!confirming) {
      batch.delivery().retain();
      open.add(batch.delivery());
    }
  }

  /// From now on something behind it is to blame for what it holds; null for nothing.
  public synchronized void holdup(@Nullable String newHoldup) {
    holdup = newHoldup;
  }

  @Override
  public synchronized @Nullable String holdup() {
    return holdup;
  }

  /// Confirms what was held.
  public synchronized void confirmAll() {
    open.forEach(Delivery::release);
    open.clear();
  }

  /// Gives up what was held.
  public synchronized void failAll() {
    open.forEach(Delivery::fail);
    open.clear();
  }

  public synchronized List<SeenEntry> entries() {
    return List.copyOf(entries);
  }

  public synchronized List<String> lines() {
    return entries.stream().map(SeenEntry::line).toList();
  }
}
