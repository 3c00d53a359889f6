package dev.weir.agent.loki.write;

import dev.weir.agent.component.Component;
import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.ComponentException;
import dev.weir.agent.component.ComponentType;
import dev.weir.agent.component.Health;
import dev.weir.agent.component.Report;
import dev.weir.agent.component.Stability;
import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.wal.WalStatus;
import dev.weir.agent.river.eval.BlockField;
import dev.weir.agent.river.eval.Default;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// `loki.write`: delivers entries to one or more Lokis.
///
/// Every endpoint holds each batch's [dev.weir.agent.loki.Delivery] until its Loki has confirmed
/// the entries, or they were refused and counted. What is not delivered when the component stops
/// goes back to the sources, which read it again.
public final class LokiWrite implements Component<LokiWrite.Arguments> {
  public static final ComponentType<Arguments> TYPE =
      new ComponentType<>(
          "loki.write",
          Stability.GENERALLY_AVAILABLE,
          Arguments.class,
          Exports.class,
          LokiWrite::new);

  private static final Duration WATCH_INTERVAL = Duration.ofSeconds(1);

  private static final Duration LONG_WAIT = Duration.ofSeconds(10);

  private final ComponentContext context;
  private final SnappyBlocks snappy;
  private final WriteAheadLog wal;
  private final Quarantine quarantine;
  private final ReentrantLock lock = new ReentrantLock();

  /// Has permits when there is something new to watch.
  private final Semaphore work = new Semaphore(0);

  /// Never has one: only time or interruption ends the wait.
  private final Semaphore sleep = new Semaphore(0);

  private final List<Endpoint> retired = new ArrayList<>();
  private volatile List<Endpoint> endpoints = List.of();
  private @Nullable Arguments arguments;
  private boolean running;

  /// What the block takes.
  ///
  /// @param maxStreams streams with entries waiting to be sent, per endpoint; 0 for no limit
  /// @param externalLabels added to entries that have none of that name
  /// @param endpoint a Loki that gets every entry; without any, entries are discarded
  /// @param wal a log on disk of what is not delivered yet, for sources that cannot be read again
  ///   and endpoints that shall not wait for each other
  /// @param quarantine keeps entries that are refused for good in a file
  public record Arguments(
      @Default("0") int maxStreams,
      @Default("{}") Map<String, String> externalLabels,
      @BlockField List<EndpointArguments> endpoint,
      @BlockField @Nullable WalArguments wal,
      @BlockField @Nullable QuarantineArguments quarantine) {
    public Arguments {
      externalLabels = Map.copyOf(externalLabels);
      endpoint = List.copyOf(endpoint);
      for (int i = 1; i < endpoint.size(); i++) {
        refuseTwin(endpoint.get(i), endpoint.subList(0, i));
      }
    }

    private static void refuseTwin(EndpointArguments one, List<EndpointArguments> others) {
      String name = one.name();
      if (others.stream().anyMatch(o -> name.isEmpty() ? o.equals(one) : o.name().equals(name))) {
        throw new IllegalArgumentException(
            "duplicate endpoint configs are not allowed, found duplicate for name: "
                + (name.isEmpty() ? one.host() : name));
      }
    }
  }

  /// What the component exports.
  ///
  /// @param receiver takes entries for every endpoint
  public record Exports(Receiver receiver) {}

  private LokiWrite(Arguments arguments, ComponentContext context) throws ComponentException {
    this.context = context;
    this.snappy = new SnappyBlocks(context.agent().storagePath(), context.log());
    this.wal = new WriteAheadLog(context);
    this.quarantine =
        new Quarantine(context.dataPath(), 0, context.metrics(), context.clock(), context.log());
    update(arguments);
    context.publish(new Exports(new Entrance()));
  }

  private final class Entrance implements Receiver {
    @Override
    public void accept(Batch batch) throws InterruptedException {
      LokiWrite.this.accept(batch);
    }

    @Override
    public @Nullable String holdup() {
      String trouble = trouble();
      if (trouble == null && endpoints.stream().anyMatch(LokiWrite::waitsLong)) {
        trouble = "batch_wait makes entries wait";
      }
      return trouble == null ? null : context.id() + ": " + trouble;
    }
  }

  private static boolean waitsLong(Endpoint endpoint) {
    return endpoint.arguments().batchWait().compareTo(LONG_WAIT) >= 0;
  }

  private void accept(Batch batch) throws InterruptedException {
    if (wal.append(batch)) {
      return;
    }
    List<Endpoint> all = endpoints;
    if (all.size() > 1) {
      // First all of them, so that a batch is seldom at one endpoint only when waiting is cut off.
      for (Endpoint endpoint : all) {
        endpoint.awaitRoom();
      }
    }
    for (Endpoint endpoint : all) {
      endpoint.append(batch);
    }
  }

  @Override
  public void run() throws InterruptedException {
    start();
    try {
      while (true) {
        awaitWork();
        lock.lock();
        try {
          endpoints.forEach(Endpoint::abortOverdue);
          retired.forEach(Endpoint::abortOverdue);
          closeRetired();
          wal.leave();
        } finally {
          lock.unlock();
        }
      }
    } finally {
      lock.lock();
      try {
        stop();
      } finally {
        lock.unlock();
      }
    }
  }

  /// Waits a while where there is something to watch, else until there is.
  private void awaitWork() throws InterruptedException {
    work.drainPermits();
    if (isBusy()) {
      sleep.tryAcquire(WATCH_INTERVAL.toNanos(), TimeUnit.NANOSECONDS);
    } else {
      work.acquire();
    }
  }

  private boolean isBusy() {
    lock.lock();
    try {
      return !retired.isEmpty()
          || wal.isLeaving()
          || endpoints.stream().anyMatch(Endpoint::isSending);
    } finally {
      lock.unlock();
    }
  }

  private void start() {
    lock.lock();
    try {
      running = true;
      endpoints.forEach(Endpoint::start);
      wal.start();
    } finally {
      lock.unlock();
    }
  }

  private void closeRetired() {
    retired.removeIf(endpoint -> {
      boolean done = endpoint.isDone();
      if (done) {
        endpoint.close();
      }
      return done;
    });
  }

  private void stop() throws InterruptedException {
    running = false;
    List<Endpoint> all = new ArrayList<>(retired);
    all.addAll(endpoints);
    retired.clear();
    long latest = latestEnd();
    try {
      wal.drain(latest);
      endpoints.forEach(endpoint -> endpoint.drain(latest));
      for (Endpoint endpoint : all) {
        endpoint.awaitDrained();
      }
    } finally {
      all.forEach(Endpoint::close);
      wal.close();
    }
  }

  /// The agent gives up on a component that takes longer, and would then not learn what is unsent.
  private long latestEnd() {
    return System.nanoTime() + context.agent().drainTimeout().toNanos();
  }

  /// Endpoints whose arguments stay the same are kept as they are; others finish on their own while
  /// new ones take over.
  @Override
  public void update(Arguments next) throws ComponentException {
    PipelineLimits.check(next, context.policy());
    QuarantineArguments kept = next.quarantine();
    quarantine.limit(kept == null ? 0 : kept.maxSize().bytes());
    lock.lock();
    try {
      List<Endpoint> before = new ArrayList<>(endpoints);
      List<Endpoint> after = new ArrayList<>();
      for (EndpointArguments wanted : next.endpoint()) {
        Endpoint known = sameCommon(next) ? taken(before, wanted) : null;
        after.add(known != null ? known : added(wanted, next));
      }
      arguments = next;
      endpoints = List.copyOf(after);
      wal.update(next.wal(), endpoints);
      before.forEach(endpoint -> endpoint.drain(latestEnd()));
      retired.addAll(before);
      work.release();
    } finally {
      lock.unlock();
    }
  }

  private boolean sameCommon(Arguments next) {
    Arguments last = arguments;
    return last != null
        && last.maxStreams() == next.maxStreams()
        && last.externalLabels().equals(next.externalLabels());
  }

  private static @Nullable Endpoint taken(List<Endpoint> from, EndpointArguments wanted) {
    for (int i = 0; i < from.size(); i++) {
      if (from.get(i).arguments().equals(wanted)) {
        return from.remove(i);
      }
    }
    return null;
  }

  private Endpoint added(EndpointArguments wanted, Arguments next) {
    var endpoint =
        new Endpoint(
            wanted,
            next.maxStreams(),
            next.externalLabels(),
            snappy,
            context,
            quarantine,
            work::release);
    if (running) {
      endpoint.start();
    }
    return endpoint;
  }

  @Override
  public Optional<Health> health() {
    return Optional.ofNullable(trouble()).map(this::unhealthy);
  }

  /// What is wrong with the disk or an endpoint, or null.
  private @Nullable String trouble() {
    String disk = wal.trouble();
    if (disk != null) {
      return disk;
    }
    for (Endpoint endpoint : endpoints) {
      String trouble = endpoint.trouble();
      if (trouble != null) {
        return trouble;
      }
    }
    return null;
  }

  /// How the write-ahead log is doing, where there is one.
  @Override
  public Optional<Record> debugInfo() {
    return Optional.ofNullable(wal.status());
  }

  /// Of several endpoints the worst of each.
  @Override
  public Optional<Report> report() {
    WalStatus status = wal.status();
    return endpoints.stream()
        .map(Endpoint::report)
        .reduce(LokiWrite::worse)
        .map(report -> status == null ? report : with(status, report));
  }

  private static Report with(WalStatus status, Report.Output report) {
    long waiting = report.waitingBytes();
    double oldest = report.oldestUnsentSeconds();
    for (WalStatus.Reader reader : status.readers()) {
      waiting += reader.pendingBytes();
      oldest = Math.max(oldest, reader.oldestSeconds());
    }
    return new Report.Output(report.lastSuccess(), report.lastError(), waiting, oldest);
  }

  private static Report.Output worse(Report.Output one, Report.Output other) {
    return new Report.Output(
        earlier(one.lastSuccess(), other.lastSuccess()),
        later(one.lastError(), other.lastError()),
        one.waitingBytes() + other.waitingBytes(),
        Math.max(one.oldestUnsentSeconds(), other.oldestUnsentSeconds()));
  }

  private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return null;
    }
    return one.isBefore(other) ? one : other;
  }

  private static Report.@Nullable Failure later(
      Report.@Nullable Failure one, Report.@Nullable Failure other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.time().isAfter(other.time()) ? one : other;
  }

  private Health unhealthy(String trouble) {
    return new Health(Health.State.UNHEALTHY, trouble, context.clock().instant());
  }
}
