package dev.weir.agent.loki.source.gelf;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.logging.RateLimitedLog;
import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Delivery;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Fanout;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.Lane;
import dev.weir.agent.loki.intake.DatagramReader;
import dev.weir.agent.loki.intake.LabelRules;
import dev.weir.agent.loki.source.gelf.LokiSourceGelf.Arguments;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.slf4j.event.Level;

/// Makes entries of datagrams. Belongs to the thread that reads them, but for [#use].
final class GelfReader implements DatagramReader.Sink {
  private static final int LONGEST_DATAGRAM = 65_536;
  private static final int MOST_ENTRIES = 512;

  private final ComponentContext context;
  private final GelfMetrics metrics;
  private final RateLimitedLog refused;
  private final Lane lane;
  private final Batch batch;
  private final Chunks chunks = new Chunks();
  private volatile Arguments arguments;
  private Arguments current;
  private LabelRules rules;
  private long lastTime;

  GelfReader(ComponentContext context, GelfMetrics metrics, Arguments arguments) {
    this.context = context;
    this.metrics = metrics;
    this.arguments = arguments;
    current = arguments;
    rules = new LabelRules(Map.of(), arguments.relabelRules());
    refused = new RateLimitedLog(context.log(), Duration.ofSeconds(10));
    lane = new Lane(context.id());
    batch = new Batch(lane);
  }

  /// Takes other arguments, for what is read from now on.
  void use(Arguments next) {
    arguments = next;
  }

  @Override
  public int begin() {
    Arguments newest = arguments;
    if (!newest.equals(current)) {
      current = newest;
      rules = new LabelRules(Map.of(), newest.relabelRules());
    }
    return LONGEST_DATAGRAM;
  }

  @Override
  public void datagram(InetAddress sender, byte[] buffer, int from, int end)
      throws InterruptedException {
    byte[] whole =
        Chunks.isChunk(buffer, from, end)
            ? chunks.add(sender, buffer, from, end, System.nanoTime())
            : Arrays.copyOfRange(buffer, from, end);
    int lost = chunks.takeLost();
    if (lost > 0) {
      metrics.errors.increment(lost);
    }
    if (whole != null) {
      message(whole);
    }
  }

  private void message(byte[] whole) throws InterruptedException {
    try {
      GelfMessage message = GelfMessage.read(whole);
      Labels labels = rules.apply(message.labels()).orElse(null);
      if (labels != null) {
        add(message, labels);
      }
    } catch (IOException e) {
      metrics.errors.increment();
      refused.at(Level.WARN).addKeyValue("err", e.getMessage()).log("gelf message not understood");
    }
  }

  private void add(GelfMessage message, Labels labels) throws InterruptedException {
    Entry entry = batch.add();
    entry.labels(labels);
    boolean keepTime = current.useIncomingTimestamp() && message.timestamp() != 0;
    entry.timestamp(keepTime ? message.timestamp() : now());
    entry.line(message.line(), 0, message.line().length);
    if (batch.size() == MOST_ENTRIES) {
      flush();
    }
  }

  /// Never the same twice: Loki takes two equal lines with one time for one.
  private long now() {
    Instant now = context.clock().instant();
    lastTime = Math.max(now.getEpochSecond() * 1_000_000_000L + now.getNano(), lastTime + 1);
    return lastTime;
  }

  @Override
  public void flush() throws InterruptedException {
    int size = batch.size();
    if (size == 0) {
      return;
    }
    var delivery = new Delivery(delivered -> metrics.undelivered.increment(delivered ? 0 : size));
    batch.delivery(delivery);
    boolean taken = false;
    try {
      Fanout.to(current.forwardTo()).accept(batch);
      taken = true;
      metrics.entries.increment(size);
    } finally {
      batch.clear();
      if (taken) {
        delivery.release();
      } else {
        delivery.fail();
      }
    }
  }

  @Override
  public void ended() {
    lane.close();
  }
}
