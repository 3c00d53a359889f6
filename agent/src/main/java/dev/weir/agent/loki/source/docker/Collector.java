package dev.weir.agent.loki.source.docker;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.Health;
import dev.weir.agent.docker.Container;
import dev.weir.agent.docker.ContainerDetails;
import dev.weir.agent.docker.ContainerEvent;
import dev.weir.agent.docker.ContainerWatch;
import dev.weir.agent.docker.Engine;
import dev.weir.agent.docker.EngineException;
import dev.weir.agent.docker.EngineVersion;
import dev.weir.agent.docker.OwnedThread;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.positions.Positions;
import dev.weir.agent.loki.source.docker.LokiSourceDocker.Arguments;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Decides which containers of one Engine are read, and how: one thread that is told everything.
///
/// [#runUntilInterrupted] is that thread; the public rest may be called by any.
final class Collector {
  /// A container that ends often starts again at once; its file stays open that long.
  private static final long LINGER = TimeUnit.SECONDS.toNanos(5);

  /// A log that ends at once although its container runs is not asked for more often.
  private static final long RETRY = TimeUnit.SECONDS.toNanos(1);

  private static final long TICK = TimeUnit.SECONDS.toNanos(1);

  private final Engine engine;
  private final Path positionsFile;
  private final ComponentContext context;
  private final SourceMetrics metrics;
  private final ReadFrom readFrom;
  private final Duration refreshInterval;
  private final CollectorHealth health;
  private final LogFiles files = new LogFiles();

  // What is in it is bounded by the containers there are and by the events of one request's time.
  private final BlockingQueue<Signal> inbox = new LinkedBlockingQueue<>();
  private final Map<String, Target> targets = new HashMap<>();
  private final Creations creations;
  private volatile Arguments arguments;
  private volatile DebugInfo debugInfo = new DebugInfo(List.of());
  private Wanted wanted = new Wanted(List.of());
  private Set<String> running = Set.of();
  private boolean listedBefore;

  Collector(
      Arguments arguments,
      Engine engine,
      Path positionsFile,
      ComponentContext context,
      SourceMetrics metrics) {
    this.arguments = arguments;
    this.engine = engine;
    this.positionsFile = positionsFile;
    this.context = context;
    this.metrics = metrics;
    this.readFrom = arguments.readFrom();
    this.refreshInterval = arguments.refreshInterval();
    this.creations = new Creations(engine, context.log());
    this.health = new CollectorHealth(context.clock(), engine.toString());
  }

  /// Takes new arguments that are of the same source.
  void update(Arguments newArguments) {
    arguments = newArguments;
    inbox.add(new Signal.Updated());
  }

  Health health() {
    return health.now();
  }

  DebugInfo debugInfo() {
    return debugInfo;
  }

  /// Collects until interrupted.
  void runUntilInterrupted() {
    try {
      Positions positions = new PositionsFile(positionsFile, health, context.log()).open();
      try {
        var readers = new Readers(engine, positions, context, metrics, this::receiver, inbox);
        readers.run(() -> serve(readers));
      } finally {
        positions.close();
      }
    } catch (InterruptedException e) {
      // That is how it ends.
    } catch (IOException e) {
      context.log().atError().addKeyValue("err", e.toString()).log("positions cannot be saved");
    }
  }

  private Receiver receiver() {
    List<Receiver> all = arguments.forwardTo();
    return metrics.counting(
        all.size() == 1
            ? all.getFirst()
            : batch -> {
              for (Receiver receiver : all) {
                receiver.accept(batch);
              }
            });
  }

  private void serve(Readers readers) throws InterruptedException {
    wanted = new Wanted(arguments.targets());
    var scope = new ContainerWatch.Scope(true, Map.of(), refreshInterval, Set.of());
    var watch = new ContainerWatch(engine, scope, new WatchListener(inbox));
    try (var _ = new OwnedThread("docker-watch", watch::run)) {
      while (true) {
        Signal signal = inbox.poll(TICK, TimeUnit.NANOSECONDS);
        if (signal != null) {
          handle(signal, readers);
        }
        if (inbox.isEmpty()) {
          tick(readers);
        }
      }
    }
  }

  private void handle(Signal signal, Readers readers) throws InterruptedException {
    switch (signal) {
      case Signal.Connected(var version) -> connected(version);
      case Signal.Listed(var containers) -> listed(containers, readers);
      case Signal.Happened(var event) -> happened(event, readers);
      case Signal.Lost(var problem, var pause) -> lost(problem, pause);
      case Signal.Updated() -> updated(readers);
      case Signal.TailEnded(var id) -> ended(id, null, readers);
      case Signal.StreamEnded(var id, var refusal) -> ended(id, refusal, readers);
    }
  }

  private void connected(EngineVersion version) throws InterruptedException {
    context
        .log()
        .atInfo()
        .addKeyValue("host", engine)
        .addKeyValue("version", version.version())
        .log("connected to Docker Engine");
    health.connected();
    try {
      files.rootDirectory(engine.rootDirectory());
    } catch (EngineException e) {
      // Only the shortest-lived containers need it; a proxy may not allow the question.
      context.log().atDebug().addKeyValue("err", e.getMessage()).log("data directory unknown");
    }
  }

  private void lost(EngineException problem, Duration pause) {
    if (health.lost(String.valueOf(problem.getMessage()))) {
      context
          .log()
          .atWarn()
          .addKeyValue("err", problem.getMessage())
          .addKeyValue("retry_in", pause)
          .log("Docker Engine lost; files that are open are read on");
    }
  }

  private void updated(Readers readers) throws InterruptedException {
    wanted = new Wanted(arguments.targets());
    readers.receiver(receiver());
    for (Target target : List.copyOf(targets.values())) {
      target.wanted = wanted.contains(target.id());
      if (target.wanted) {
        relabel(target, readers);
      } else {
        readers.finish(target);
        removeIfDone(target, readers);
      }
    }
    beginConfigured(readers);
  }

  private void relabel(Target target, Readers readers) {
    target.streams = StreamLabels.of(target.details, wanted.labels(target.id()), arguments);
    readers.relabel(target);
  }

  private void beginConfigured(Readers readers) throws InterruptedException {
    if (health.isConnected()) {
      for (String id : wanted.ids()) {
        if (!targets.containsKey(id)) {
          begin(id, false, readers);
        }
      }
    }
  }

  private void listed(List<Container> containers, Readers readers) throws InterruptedException {
    var known = new HashSet<String>();
    var alive = new HashSet<String>();
    for (Container container : containers) {
      known.add(container.id());
      if (container.running()) {
        alive.add(container.id());
      }
    }
    running = alive;
    for (Target target : List.copyOf(targets.values())) {
      if (!known.contains(target.id())) {
        gone(target, readers);
      }
    }
    if (wanted.everything()) {
      for (String id : known) {
        if (alive.contains(id)) {
          startOrGoOn(id, readers);
        } else if (!listedBefore && readers.isKnown(id) && !targets.containsKey(id)) {
          begin(id, false, readers);
        }
      }
    } else {
      beginConfigured(readers);
      for (String id : wanted.ids()) {
        if (alive.contains(id)) {
          startOrGoOn(id, readers);
        }
      }
    }
    listedBefore = true;
    readers.forgetAllBut(known, targets.keySet());
  }

  private void happened(ContainerEvent event, Readers readers) throws InterruptedException {
    String id = event.containerId();
    if (!wanted.contains(id)) {
      return;
    }
    Target target = targets.get(id);
    switch (event.action()) {
      case "create" -> creations.remember(id);
      case "start" -> startOrGoOn(id, readers);
      case "die" -> {
        if (target != null && target.endedAt == null) {
          target.endedAt = System.nanoTime();
        }
      }
      case "destroy" -> {
        creations.forget(id);
        if (target != null) {
          gone(target, readers);
        }
      }
      case "rename" -> {
        if (target != null) {
          renamed(target, readers);
        }
      }
      default -> {}
    }
  }

  private void renamed(Target target, Readers readers) throws InterruptedException {
    ContainerDetails details = creations.ask(target.id());
    if (details != null) {
      target.details = details;
      relabel(target, readers);
    }
  }

  private void startOrGoOn(String id, Readers readers) throws InterruptedException {
    Target target = targets.get(id);
    if (target == null) {
      begin(id, true, readers);
      return;
    }
    target.endedAt = null;
    switch (target.reading) {
      case Reading.FromFile(_, var draining) -> target.startedAgain |= draining;
      case Reading.FromApi _ -> {}
      case Reading.Idle _, Reading.Unreadable _ -> read(target, readers);
    }
  }

  /// Begins with a container.
  ///
  /// @param started whether it is known to run; else it is asked, and only what it has logged is
  ///   read if it does not
  private void begin(String id, boolean started, Readers readers) throws InterruptedException {
    ContainerDetails details = creations.take(id);
    if (details == null) {
      return;
    }
    Streams streams = StreamLabels.of(details, wanted.labels(id), arguments);
    Target target = new Target(details, streams);
    if (!started && !details.running()) {
      target.endedAt = System.nanoTime();
    }
    targets.put(id, target);
    read(target, readers);
  }

  private void read(Target target, Readers readers) {
    target.startedAgain = false;
    target.retried = false;
    target.begunAt = System.nanoTime();
    readers.begin(target, readFrom, files);
    reportUnreadable(target);
  }

  private void reportUnreadable(Target target) {
    if (target.reading instanceof Reading.Unreadable(var reason)) {
      context
          .log()
          .atWarn()
          .addKeyValue("container", target.details.name())
          .addKeyValue("err", reason)
          .log("log of container cannot be read");
    }
  }

  private void gone(Target target, Readers readers) {
    target.gone = true;
    readers.finish(target);
    removeIfDone(target, readers);
  }

  private void ended(String id, @Nullable EngineException refusal, Readers readers)
      throws InterruptedException {
    Target target = targets.get(id);
    if (target == null) {
      return;
    }
    target.reading = Reading.Idle.IDLE;
    if (refusal != null && !refusal.notFound()) {
      target.reading = new Reading.Unreadable(String.valueOf(refusal.getMessage()));
      reportUnreadable(target);
    }
    if (removeIfDone(target, readers)) {
      return;
    }
    if (target.startedAgain) {
      read(target, readers);
    } else {
      target.retried = System.nanoTime() - target.begunAt < RETRY;
      readIfRunning(target, readers);
    }
  }

  private void readIfRunning(Target target, Readers readers) throws InterruptedException {
    if (!target.retried && isRunning(target)) {
      read(target, readers);
    }
  }

  /// Whether a container whose log has ended runs all the same: it has started again.
  private boolean isRunning(Target target) throws InterruptedException {
    if (!(target.reading instanceof Reading.Idle)) {
      return false;
    }
    ContainerDetails details = creations.ask(target.id());
    if (details == null) {
      return false;
    }
    target.details = details;
    return details.running();
  }

  private boolean removeIfDone(Target target, Readers readers) {
    boolean idle =
        target.reading instanceof Reading.Idle || target.reading instanceof Reading.Unreadable;
    if (!idle || (target.wanted && !target.gone)) {
      return false;
    }
    targets.remove(target.id());
    readers.remove(target);
    return true;
  }

  private void tick(Readers readers) throws InterruptedException {
    long now = System.nanoTime();
    for (Target target : targets.values()) {
      if (target.retried && now - target.begunAt >= RETRY) {
        target.retried = false;
        readIfRunning(target, readers);
      }
      Long end = target.endedAt;
      if (end != null && now - end > LINGER) {
        readers.finish(target);
      }
    }
    debugInfo = readers.survey(targets.values(), running);
    health.targets(metrics);
  }
}
