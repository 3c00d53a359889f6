package dev.weir.agent.loki.wal;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Delivery;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// An outlet that takes batches, and delivers each at once, later, or never.
final class RecordingOutlet implements Outlet {
  private final String name;
  private final List<String> lines = new ArrayList<>();
  private final List<Delivery> held = new ArrayList<>();
  private final Map<Loss, Long> lost = new EnumMap<>(Loss.class);
  private CountDownLatch gate = new CountDownLatch(0);
  private boolean holding;
  private boolean stumbling;

  RecordingOutlet(String name) {
    this.name = name;
  }

  /// Takes no more until it is opened.
  synchronized RecordingOutlet shut() {
    gate = new CountDownLatch(1);
    return this;
  }

  synchronized void open() {
    gate.countDown();
  }

  /// Takes batches without delivering them.
  synchronized RecordingOutlet hold() {
    holding = true;
    return this;
  }

  /// Throws at the next batch.
  synchronized RecordingOutlet stumble() {
    stumbling = true;
    return this;
  }

  /// Ends what it holds.
  void settle(boolean delivered) {
    List<Delivery> ending;
    synchronized (this) {
      holding = false;
      ending = List.copyOf(held);
      held.clear();
    }
    ending.forEach(delivery -> {
      if (delivered) {
        delivery.release();
      } else {
        delivery.fail();
      }
    });
  }

  /// Every line taken, in order.
  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  synchronized long lost(Loss why) {
    return lost.getOrDefault(why, 0L);
  }

  @Override
  public String key() {
    return name;
  }

  @Override
  public String id() {
    return name;
  }

  @Override
  public void append(Batch batch) throws InterruptedException {
    gate().await();
    synchronized (this) {
      if (stumbling) {
        stumbling = false;
        throw new IllegalStateException("a bug");
      }
      for (int i = 0; i < batch.size(); i++) {
        lines.add(batch.get(i).lineText());
      }
      if (holding) {
        batch.delivery().retain();
        held.add(batch.delivery());
      }
    }
  }

  private synchronized CountDownLatch gate() {
    return gate;
  }

  @Override
  public synchronized void lost(Loss why, long entries, long text) {
    lost.merge(why, entries, Long::sum);
  }
}
