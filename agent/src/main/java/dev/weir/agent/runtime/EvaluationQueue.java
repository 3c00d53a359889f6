package dev.weir.agent.runtime;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Nodes to be evaluated because something that they refer to has changed. A node waits here once,
/// however often it is added; it is evaluated with what holds when its turn comes.
///
/// Thread-safe. Each node is evaluated on a virtual thread, so that a slow one holds up no other.
final class EvaluationQueue {
  private static final Duration LAST_EVALUATIONS = Duration.ofSeconds(5);

  private final RuntimeMetrics metrics;
  private final Consumer<Node> evaluate;
  private final Set<Node> waiting = ConcurrentHashMap.newKeySet();
  private final ExecutorService workers =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("evaluation-", 0).factory());

  EvaluationQueue(RuntimeMetrics metrics, Consumer<Node> evaluate) {
    this.metrics = metrics;
    this.evaluate = evaluate;
  }

  void add(Node node) {
    if (!waiting.add(node)) {
      return;
    }
    long since = System.nanoTime();
    try {
      workers.execute(() -> work(node, since));
    } catch (RejectedExecutionException stopped) {
      waiting.remove(node);
    }
  }

  int size() {
    return waiting.size();
  }

  /// Evaluates nothing more; waits for what is going on, but not for ever.
  void close() throws InterruptedException {
    workers.shutdown();
    if (!workers.awaitTermination(LAST_EVALUATIONS.toMillis(), TimeUnit.MILLISECONDS)) {
      workers.shutdownNow();
    }
  }

  private void work(Node node, long since) {
    metrics.waited(System.nanoTime() - since);
    // Removed first: a change that comes while the node is evaluated must bring it back.
    waiting.remove(node);
    evaluate.accept(node);
  }
}
