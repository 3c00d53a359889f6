package dev.weir.agent.loki.write;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.Joining;
import dev.weir.agent.component.Report;
import dev.weir.agent.httpclient.HttpClient;
import dev.weir.agent.loki.Batch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// One Loki to deliver to, with its own queue, connections and threads, so that its troubles stay
/// its own.
final class Endpoint {
  private static final double NANOS_PER_SECOND = 1e9;

  private final EndpointArguments arguments;
  private final Logger log;
  private final EndpointStatus status;
  private final EndpointMetrics metrics;
  private final List<Shard> shards = new ArrayList<>();
  private final List<HttpClient> clients = new ArrayList<>();
  private final List<Sender> senders = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private long drainDeadline;

  /// @param sending called before every push, to have its time watched
  Endpoint(
      EndpointArguments arguments,
      int maxStreams,
      Map<String, String> externalLabels,
      SnappyBlocks snappy,
      ComponentContext context,
      Quarantine quarantine,
      Runnable sending) {
    this.arguments = arguments;
    this.log = context.log();
    this.status = new EndpointStatus(arguments.host(), context.clock());
    boolean ofPipeline = context.policy().ofPipeline();
    this.metrics = new EndpointMetrics(context.metrics(), arguments, !ofPipeline);
    String userAgent = "Weir/" + context.agent().version();
    // Most of very many pipelines have nothing to send: waiting must cost nothing.
    Thread.Builder builder = ofPipeline ? Thread.ofVirtual() : Thread.ofPlatform().daemon();
    for (int i = 0; i < arguments.queueConfig().minShards(); i++) {
      var settings = ShardSettings.of(i, arguments, maxStreams, externalLabels, metrics, context);
      var shard = new Shard(settings, snappy);
      var client = new HttpClient(arguments.client(), userAgent, context.policy().egress());
      var sender =
          new Sender(arguments, shard, snappy, client, status, metrics, quarantine, sending, log);
      shards.add(shard);
      clients.add(client);
      senders.add(sender);
      threads.add(builder.name(context.id() + " to " + arguments.host()).unstarted(sender));
    }
  }

  EndpointArguments arguments() {
    return arguments;
  }

  /// What is wrong with it, null when nothing is.
  @Nullable String trouble() {
    return status.trouble();
  }

  Report.Output report() {
    long waiting = 0;
    long oldest = 0;
    for (Shard shard : shards) {
      waiting += shard.waitingBytes();
      oldest = Math.max(oldest, shard.oldestNanos());
    }
    return new Report.Output(
        status.lastSuccess(), status.lastFailure(), waiting, oldest / NANOS_PER_SECOND);
  }

  void start() {
    threads.forEach(Thread::start);
  }

  void awaitRoom() throws InterruptedException {
    for (Shard shard : shards) {
      shard.awaitRoom();
    }
  }

  void append(Batch batch) throws InterruptedException {
    for (Shard shard : shards) {
      shard.append(batch);
    }
  }

  /// As [#append], but waits for room also where the arguments say that sources shall not: the log
  /// on disk can wait.
  void appendWaiting(Batch batch) throws InterruptedException {
    for (Shard shard : shards) {
      shard.appendWaiting(batch);
    }
  }

  /// Counts entries that never got here.
  void lost(DropReason why, long entries, long payload) {
    metrics.of(ShardSettings.headerSafe(arguments.tenantId())).dropped(why, entries, payload);
  }

  /// Whether a request is under way.
  boolean isSending() {
    return senders.stream().anyMatch(Sender::isSending);
  }

  /// Ends requests that have taken too long.
  void abortOverdue() {
    clients.forEach(HttpClient::abortOverdue);
  }

  /// Takes no more entries and goes on delivering those it has, for a limited time.
  ///
  /// @param latest by `System.nanoTime`
  void drain(long latest) {
    long own = System.nanoTime() + arguments.queueConfig().drainTimeout().toNanos();
    drainDeadline = own - latest < 0 ? own : latest;
    shards.forEach(Shard::drain);
  }

  /// Waits until everything is delivered or the time for it is over; then closes.
  void awaitDrained() throws InterruptedException {
    try {
      for (Thread thread : threads) {
        long left = drainDeadline - System.nanoTime();
        if (left > 0 && thread.getState() != Thread.State.NEW) {
          thread.join(Duration.ofNanos(left));
        }
      }
    } finally {
      close();
    }
  }

  /// Whether a draining endpoint has nothing left to do, or no time left to do it.
  boolean isDone() {
    return System.nanoTime() - drainDeadline >= 0 || threads.stream().noneMatch(Thread::isAlive);
  }

  /// Hands back to their sources what is not delivered, and ends.
  void close() {
    shards.forEach(Shard::close);
    clients.forEach(HttpClient::close);
    threads.forEach(Thread::interrupt);
    threads.forEach(Joining::join);
    long undelivered = shards.stream().mapToLong(Shard::failAll).sum();
    if (undelivered > 0) {
      log.atWarn()
          .addKeyValue("host", arguments.host())
          .addKeyValue("entries", undelivered)
          .log("stopped before everything was delivered; the rest will be read again");
    }
  }
}
