package dev.weir.agent.loki.write;

import static org.awaitility.Awaitility.await;

import dev.weir.agent.component.ComponentException;
import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Delivery;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.Lane;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.testkit.RiverArguments;
import dev.weir.agent.testkit.TestContext;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A `loki.write` that runs on a thread of its own until closed.
final class Running implements AutoCloseable {
  static final Labels LABELS = Labels.of("job", "test");

  private final TestContext context;
  private final LokiWrite component;
  private final Thread thread;
  private final Lane lane = new Lane("test");
  private final AtomicInteger delivered = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  Running(Path storage, String arguments) throws ComponentException, DiagnosticsException {
    this(new TestContext("loki.write.test", storage), arguments);
  }

  Running(TestContext context, String arguments) throws ComponentException, DiagnosticsException {
    this(context, RiverArguments.decode(LokiWrite.Arguments.class, arguments));
  }

  /// An endpoint block with short waits.
  static String endpoint(String url, String... more) {
    return """
    endpoint {
      url                = "%s"
      batch_wait         = "10ms"
      min_backoff_period = "1ms"
      max_backoff_period = "10ms"
      queue_config {
        drain_timeout = "300ms"
      }
      %s
    }
    """
        .formatted(url, String.join("\n", more));
  }

  void update(String arguments) throws ComponentException, DiagnosticsException {
    component.update(RiverArguments.decode(LokiWrite.Arguments.class, arguments));
  }

  /// Waits until it runs.
  private Running(TestContext context, LokiWrite.Arguments arguments) throws ComponentException {
    this.context = context;
    component = (LokiWrite) LokiWrite.TYPE.factory().create(arguments, context);
    thread =
        Thread.ofPlatform()
            .start(() -> {
              try {
                component.run();
              } catch (InterruptedException e) {
                // The end.
              }
            });
    await()
        .until(() ->
            thread.getState() == Thread.State.WAITING
                || thread.getState() == Thread.State.TIMED_WAITING);
  }

  LokiWrite component() {
    return component;
  }

  Batch batch() {
    return new Batch(lane);
  }

  Receiver receiver() {
    return ((LokiWrite.Exports) context.published().getFirst()).receiver();
  }

  /// Sends lines as one batch with timestamps 1, 2, 3... seconds.
  void send(String... lines) throws InterruptedException {
    Batch batch = new Batch(lane);
    for (int i = 0; i < lines.length; i++) {
      Entry entry = batch.add();
      entry.labels(LABELS);
      entry.timestamp((i + 1) * 1_000_000_000L);
      entry.line(lines[i]);
    }
    send(batch);
  }

  /// Sends a batch as a source does.
  void send(Batch batch) throws InterruptedException {
    var delivery = new Delivery(good -> (good ? delivered : failed).incrementAndGet());
    batch.delivery(delivery);
    try {
      receiver().accept(batch);
    } catch (InterruptedException e) {
      delivery.fail();
      throw e;
    }
    delivery.release();
  }

  /// Batches that Loki has confirmed.
  int delivered() {
    return delivered.get();
  }

  /// Batches that were handed back.
  int failed() {
    return failed.get();
  }

  String metrics() {
    return context.scrape();
  }

  /// The sum of a metric's samples whose line holds all the texts.
  double metric(String name, String... texts) {
    return context
        .scrape()
        .lines()
        .filter(line -> line.startsWith(name + "{"))
        .filter(line -> List.of(texts).stream().allMatch(line::contains))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /// Entries that Loki has taken.
  double sent() {
    return metric("loki_write_sent_entries_total", "");
  }

  /// Entries dropped for a reason.
  double dropped(String reason) {
    return metric("loki_write_dropped_entries_total", "reason=\"" + reason + "\"");
  }

  /// Stops the component as the runtime does.
  void stop() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }

  @Override
  public void close() {
    try {
      stop();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
