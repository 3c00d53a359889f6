package dev.weir.agent.tap;

import dev.weir.agent.logql.Selector;
import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One look at what a component passes on, from when it is opened until it is closed.
///
/// Pipelines leave copies of lines in a queue of fixed size; what does not fit is counted. One
/// thread takes them.
public final class Tap implements AutoCloseable {
  /// Bytes that wait for one client at most.
  static final int QUEUE_BYTES = 512 << 10;

  private final TapPoint point;
  private final @Nullable Selector selector;
  private final Consumer<Tap> closed;
  private final BlockingQueue<List<TappedLine>> queue = new LinkedBlockingQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong dropped = new AtomicLong();
  private volatile @Nullable String end;

  Tap(TapPoint point, @Nullable Selector selector, Consumer<Tap> closed) {
    this.point = point;
    this.selector = selector;
    this.closed = closed;
  }

  /// What is tapped.
  public String name() {
    return point.name();
  }

  /// Copies what is asked for. On the pipeline's thread: neither blocks nor throws.
  void offer(Batch batch) {
    if (end != null) {
      return;
    }
    try {
      List<TappedLine> lines = wanted(batch);
      if (!lines.isEmpty()) {
        queue.add(lines);
      }
    } catch (RuntimeException fault) {
      end("looking at a line failed: " + fault);
    }
  }

  private List<TappedLine> wanted(Batch batch) {
    List<TappedLine> lines = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      Entry entry = batch.get(i);
      if (isWanted(entry)) {
        if (reserve(TappedLine.cost(entry))) {
          lines.add(new TappedLine(entry));
        } else {
          dropped.incrementAndGet();
        }
      }
    }
    return lines;
  }

  private boolean isWanted(Entry entry) {
    return selector == null || (selector.matches(entry.labels()) && selector.matchesLine(entry));
  }

  private boolean reserve(int bytes) {
    if (waiting.addAndGet(bytes) <= QUEUE_BYTES) {
      return true;
    }
    waiting.addAndGet(-bytes);
    return false;
  }

  /// The next lines, none when there are none in time or the tap has ended.
  public List<TappedLine> take(Duration longest) throws InterruptedException {
    List<TappedLine> lines = queue.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
    if (lines == null) {
      return List.of();
    }
    waiting.addAndGet(-lines.stream().mapToInt(TappedLine::cost).sum());
    return lines;
  }

  /// How many lines were left out since the last call.
  public long takeDropped() {
    return dropped.getAndSet(0);
  }

  /// Why nothing will follow, once all that came before has been taken.
  public Optional<String> ended() {
    return queue.isEmpty() ? Optional.ofNullable(end) : Optional.empty();
  }

  /// Lets nothing more in and tells whoever takes. The first reason stays.
  public void end(String reason) {
    synchronized (this) {
      if (end != null) {
        return;
      }
      end = reason;
    }
    queue.add(List.of());
  }

  @Override
  public void close() {
    end("closed");
    point.remove(this);
    closed.accept(this);
  }
}
