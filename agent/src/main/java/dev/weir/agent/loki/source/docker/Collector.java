package dev.weir.agent.loki.source.docker;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.Health;
import dev.weir.agent.component.OwnedThread;
import dev.weir.agent.docker.Container;
import dev.weir.agent.docker.ContainerDetails;
import dev.weir.agent.docker.ContainerEvent;
import dev.weir.agent.docker.ContainerWatch;
import dev.weir.agent.docker.Engine;
import dev.weir.agent.docker.EngineException;
import dev.weir.agent.docker.EngineVersion;
import dev.weir.agent.loki.Fanout;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.Stall;
import dev.weir.agent.loki.source.docker.LokiSourceDocker.Arguments;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Decides which containers of one Engine are read: one thread that is told everything, and never
/// waits for the Engine.
///
/// [#runUntilInterrupted] is that thread; the public rest may be called by any.
final class Collector {
  private static final long TICK = TimeUnit.SECONDS.toNanos(1);
  private static final Set<String> ACTIONS = Set.of("create", "start", "die", "destroy", "rename");

  private final Engine engine;
  private final Path positionsFile;
  private final ComponentContext context;
  private final SourceMetrics metrics;
  private final ReadFrom readFrom;
  private final Duration refreshInterval;
  private final CollectorHealth health;
  private final LogFiles files = new LogFiles();
  private final NewLogs newLogs;

  // What is in it is bounded by the containers there are and by the events of one request's time.
  private final BlockingQueue<Signal> inbox = new LinkedBlockingQueue<>();
  private volatile Arguments arguments;
  private volatile DebugInfo debugInfo = new DebugInfo(List.of());
  private Set<String> running = Set.of();

  /// What has ended since then was not looked at; null when nothing or everything was.
  private @Nullable Instant unwatchedSince;

  private boolean listedBefore;

  /// What happened before, by the Engine's clock in nanoseconds since 1970, was before this agent.
  private long watchedFrom;

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
    this.newLogs = new NewLogs(engine, readFrom, files, context.log());
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
      PositionsFile.Opened opened = new PositionsFile(positionsFile, health, context.log()).open();
      unwatchedSince = opened.saved();
      try {
        var reading = new Readers.How(readFrom, files);
        var readers =
            new Readers(
                engine, opened.positions(), context, metrics, this::receiver, inbox, reading);
        readers.run(() -> serve(readers));
      } finally {
        opened.positions().close();
      }
    } catch (InterruptedException e) {
      // That is how it ends.
    } catch (IOException e) {
      context.log().atError().addKeyValue("err", e.toString()).log("positions cannot be saved");
    }
  }

  private Receiver receiver() {
    return metrics.counting(Fanout.to(arguments.forwardTo()));
  }

  private void serve(Readers readers) throws InterruptedException {
    var scope = new ContainerWatch.Scope(true, Map.of(), refreshInterval, ACTIONS, false);
    var watch =
        new ContainerWatch(engine, context.clock(), scope, new WatchListener(inbox, newLogs));
    try (var inquiries = new Inquiries(engine, inbox);
        var _ = new OwnedThread("docker-watch", watch::run);
        newLogs) {
      var roster = new Roster(readers, inquiries, () -> arguments, context, metrics);
      var newcomers = new Newcomers(inquiries, newLogs, roster::begin);
      var work = new Work(readers, roster, newcomers, inquiries);
      while (true) {
        Signal signal = inbox.poll(TICK, TimeUnit.NANOSECONDS);
        if (signal != null) {
          handle(signal, work);
        }
        if (inbox.isEmpty()) {
          tick(work);
        }
      }
    }
  }

  /// What the thread works with.
  private record Work(Readers readers, Roster roster, Newcomers newcomers, Inquiries inquiries) {
    boolean knows(String id) {
      return roster.contains(id) || newcomers.contains(id);
    }
  }

  private void handle(Signal signal, Work work) {
    switch (signal) {
      case Signal.Connected(var version) -> connected(version);
      case Signal.Listed(var containers) -> listed(containers, work);
      case Signal.Happened(var event) -> happened(event, work);
      case Signal.Lost(var problem, var pause) -> lost(problem, pause);
      case Signal.Updated() -> updated(work);
      case Signal.TailEnded(var id, var opened) -> work.roster().ended(id, null, opened);
      case Signal.StreamEnded(var id, var refusal, var opened) ->
          work.roster().ended(id, refusal, opened);
      case Signal.Answered answered -> answered(answered, work);
    }
  }

  private void connected(EngineVersion version) {
    if (watchedFrom == 0) {
      watchedFrom = version.nanos();
    }
    context
        .log()
        .atInfo()
        .addKeyValue("host", engine)
        .addKeyValue("version", version.version())
        .log("connected to Docker Engine");
  }

  private void lost(EngineException problem, Duration pause) {
    if (listedBefore && unwatchedSince == null) {
      unwatchedSince = context.clock().instant();
    }
    if (health.lost(String.valueOf(problem.getMessage()))) {
      context
          .log()
          .atWarn()
          .addKeyValue("err", problem.getMessage())
          .addKeyValue("retry_in", pause)
          .log("Docker Engine lost; files that are open are read on");
    }
  }

  private void updated(Work work) {
    work.readers().receiver(receiver());
    work.roster().updated();
    work.newcomers().retainIf(work.roster().wanted()::contains);
    if (health.isConnected()) {
      beginConfigured(work);
    }
  }

  private void beginConfigured(Work work) {
    Wanted wanted = work.roster().wanted();
    for (String id : wanted.ids()) {
      if (!work.roster().contains(id)) {
        work.newcomers().due(Guess.of(id, wanted.labels(id)));
      }
    }
  }

  private void listed(List<Container> containers, Work work) {
    var known = new HashSet<String>();
    var alive = new HashSet<String>();
    for (Container container : containers) {
      known.add(container.id());
      if (container.running()) {
        alive.add(container.id());
      }
    }
    running = alive;
    work.roster().retainAll(known);
    work.newcomers().listed(known);
    for (Container container : containers) {
      if (work.roster().wanted().contains(container.id())) {
        listed(container, work);
      }
    }
    beginConfigured(work);
    unwatchedSince = null;
    listedBefore = true;
    work.readers().forgetAllBut(known, work.roster().ids());
    health.listed();
  }

  private void listed(Container container, Work work) {
    String id = container.id();
    if (container.running()) {
      if (!work.roster().runs(id)) {
        work.newcomers().runs(Guess.of(container));
      }
      return;
    }
    Instant since = unwatchedSince;
    if (since == null || container.neverStarted()) {
      return;
    }
    if (work.knows(id)) {
      work.roster().askWhenItEnded(id, new Inquiry.EndedSince(since));
    } else if (work.readers().isKnown(id)) {
      work.newcomers().due(Guess.of(container));
    } else {
      work.inquiries().ask(id, new Inquiry.EndedSince(since));
    }
  }

  private void happened(ContainerEvent event, Work work) {
    String id = event.containerId();
    if (!work.roster().wanted().contains(id)) {
      return;
    }
    switch (event.action()) {
      case "create" -> {
        if (!work.roster().contains(id)) {
          work.newcomers().hear(Guess.of(event));
        }
      }
      case "start" -> {
        if (!work.roster().runs(id)) {
          work.newcomers().started(Guess.of(event), event.nanos() > watchedFrom);
        }
      }
      case "die" -> {
        work.newcomers().died(id);
        work.roster().died(id);
      }
      case "destroy" -> {
        work.newcomers().destroyed(id);
        work.roster().destroyed(id);
      }
      case "rename" -> work.roster().renamed(id);
      default -> {}
    }
  }

  private static void answered(Signal.Answered answered, Work work) {
    String id = answered.containerId();
    ContainerDetails details = answered.details();
    if (answered.inquiry() instanceof Inquiry.Introduction) {
      work.newcomers().answered(id, details, answered.problem());
    } else if (details != null && work.roster().contains(id)) {
      work.roster().answered(id, answered.inquiry(), details);
    } else if (details != null
        && answered.inquiry() instanceof Inquiry.EndedSince(var moment)
        && details.finishedAt().isAfter(moment)) {
      work.newcomers().due(id, details);
    }
  }

  private void tick(Work work) {
    work.roster().tick();
    newLogs.letGo();
    debugInfo = work.readers().survey(work.roster().targets(), running);
    Optional<Stall> stall = work.readers().stall(work.roster().targets());
    Receiver receiver = Fanout.to(arguments.forwardTo());
    String trouble = work.readers().trouble();
    health.progress(
        trouble == null ? Stall.problem(stall, receiver) : trouble, Stall.note(stall, receiver));
    health.targets(metrics);
  }
}
