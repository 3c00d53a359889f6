package dev.weir.agent.loki.source.syslog;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Delivery;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.Lane;
import java.time.Instant;
import java.time.InstantSource;

/// Makes entries of the messages of one reader and passes them on, those of one read together.
///
/// Not thread-safe.
final class EntryWriter implements AutoCloseable {
  private static final int MOST_ENTRIES = 512;

  private final Lane lane;
  private final Batch batch;
  private final InstantSource clock;
  private final SyslogMetrics metrics;
  private final Message message = new Message();
  private int errors;
  private int empty;
  private long lastTime;

  EntryWriter(String name, InstantSource clock, SyslogMetrics metrics) {
    lane = new Lane(name);
    batch = new Batch(lane);
    this.clock = clock;
    this.metrics = metrics;
  }

  /// Adds the entry of a message. Its bytes must not change before the next [#flush].
  void add(SyslogSettings settings, MessageLabels labels, byte[] buffer, int from, int end)
      throws InterruptedException {
    ListenerArguments arguments = settings.arguments();
    message.clear();
    message.keepStructuredData = arguments.labelStructuredData();
    if (!settings.format().parse(buffer, from, end, message)) {
      malformed();
      return;
    }
    boolean isEmpty = message.text.isEmpty();
    if (isEmpty) {
      empty++;
      if (!arguments.rfc5424AllowEmptyMsg()) {
        return;
      }
    }
    Labels kept = labels.of(buffer, message).orElse(null);
    if (kept != null) {
      add(settings, kept, buffer, from, end);
    }
  }

  private void add(SyslogSettings settings, Labels labels, byte[] buffer, int from, int end)
      throws InterruptedException {
    Entry entry = batch.add();
    entry.labels(labels);
    boolean keepTime =
        settings.arguments().useIncomingTimestamp() && message.timestamp != Message.NO_TIME;
    entry.timestamp(keepTime ? message.timestamp : now());
    if (settings.arguments().useRfc5424Message()
        && settings.arguments().syslogFormat().equals(ListenerArguments.RFC5424)) {
      entry.line(buffer, from, end - from);
    } else {
      entry.line(buffer, message.text.from, Math.max(0, message.text.end - message.text.from));
    }
    if (batch.size() == MOST_ENTRIES) {
      flush(settings);
    }
  }

  /// The time of receipt, never the same twice: Loki takes two equal lines with one time for one.
  private long now() {
    Instant now = clock.instant();
    long nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    lastTime = Math.max(nanos, lastTime + 1);
    return lastTime;
  }

  /// Counts bytes that are no message.
  void malformed() {
    errors++;
  }

  /// Passes on what was added; waits while the receivers are full.
  void flush(SyslogSettings settings) throws InterruptedException {
    count();
    int size = batch.size();
    if (size == 0) {
      return;
    }
    var delivery = new Delivery(delivered -> lost(delivered ? 0 : size));
    batch.delivery(delivery);
    boolean taken = false;
    try {
      settings.receiver().accept(batch);
      taken = true;
      metrics.entries.increment(size);
    } finally {
      batch.clear();
      end(delivery, taken);
    }
  }

  private void lost(int entries) {
    if (entries > 0) {
      metrics.undelivered.increment(entries);
    }
  }

  private static void end(Delivery delivery, boolean taken) {
    if (taken) {
      delivery.release();
    } else {
      delivery.fail();
    }
  }

  private void count() {
    if (errors > 0) {
      metrics.parsingErrors.increment(errors);
      errors = 0;
    }
    if (empty > 0) {
      metrics.emptyMessages.increment(empty);
      empty = 0;
    }
  }

  @Override
  public void close() {
    count();
    lane.close();
  }
}
