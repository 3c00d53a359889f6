package dev.weir.agent.loki.wal;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Delivery;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.Lane;
import dev.weir.agent.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// A log that runs until it is closed.
final class Log implements AutoCloseable {
  static final Labels LABELS = Labels.of("job", "test");

  private final TestContext context;
  private final Wal wal;
  private final Path directory;
  private final Lane lane = new Lane("test");
  private final AtomicInteger delivered = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  /// How much later it is than it seems.
  final AtomicLong later = new AtomicLong();

  Log(Path directory, WalSettings settings, Disk disk, Outlet... outlets) {
    this.directory = directory;
    context = new TestContext("loki.write.test", directory);
    wal =
        new Wal(
            directory,
            settings,
            new WalMetrics(context.metrics(), context.clock()),
            context.clock(),
            context.log(),
            disk,
            () -> System.nanoTime() + later.get());
    wal.feed(List.of(outlets));
    wal.start();
  }

  Log(Path directory, Outlet... outlets) {
    this(directory, new WalSettings(1 << 30, Duration.ofHours(1)), Disk.FILES, outlets);
  }

  Wal wal() {
    return wal;
  }

  /// Sends a batch as a source does.
  void send(String... lines) throws InterruptedException {
    var batch = new Batch(lane);
    for (String line : lines) {
      Entry entry = batch.add();
      entry.labels(LABELS);
      entry.line(line);
    }
    var delivery = new Delivery(good -> (good ? delivered : failed).incrementAndGet());
    batch.delivery(delivery);
    boolean taken = false;
    try {
      taken = wal.append(batch);
    } finally {
      if (taken) {
        delivery.release();
      } else {
        delivery.fail();
      }
    }
  }

  /// Batches that are on disk.
  int delivered() {
    return delivered.get();
  }

  /// Batches that went back.
  int failed() {
    return failed.get();
  }

  double metric(String name) {
    return context
        .scrape()
        .lines()
        .filter(line -> line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  List<Path> segments() throws IOException {
    return segments(directory);
  }

  static List<Path> segments(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".weir")).sorted().toList();
    }
  }

  @Override
  public void close() {
    wal.close();
  }
}
