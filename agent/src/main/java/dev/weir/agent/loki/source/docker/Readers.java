package dev.weir.agent.loki.source.docker;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.OwnedThread;
import dev.weir.agent.docker.Engine;
import dev.weir.agent.docker.EngineException;
import dev.weir.agent.loki.Lane;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.Stall;
import dev.weir.agent.loki.positions.Positions;
import dev.weir.agent.loki.positions.StreamPosition;
import dev.weir.agent.loki.source.docker.DebugInfo.TargetInfo;
import dev.weir.agent.loki.source.docker.LogStreamReader.LogStream;
import dev.weir.agent.loki.tail.EarlyFile;
import dev.weir.agent.loki.tail.Rotation;
import dev.weir.agent.loki.tail.Tail;
import dev.weir.agent.loki.tail.TailEngine;
import dev.weir.agent.loki.tail.TailListener;
import dev.weir.agent.loki.tail.TailSettings;
import dev.weir.agent.loki.tail.TailStats;
import dev.weir.agent.loki.tail.TailTarget;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads containers' logs, each in the way that suits it.
///
/// Belongs to the [Collector]'s thread; what happens elsewhere comes to its inbox.
final class Readers {
  private static final long SETTLE_POLL = TimeUnit.MILLISECONDS.toNanos(10);

  private final Engine engine;
  private final Positions positions;
  private final ComponentContext context;
  private final SourceMetrics metrics;
  private final TailEngine tails;
  private final ReadBefore readBefore;
  private final Queue<Signal> inbox;
  private final How how;
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final Set<LogStreamReader> streamReaders = ConcurrentHashMap.newKeySet();
  private final Map<String, TailStats> countedBefore = new HashMap<>();
  private volatile Receiver receiver;

  /// Where logs are read from.
  record How(ReadFrom readFrom, LogFiles files) {}

  Readers(
      Engine engine,
      Positions positions,
      ComponentContext context,
      SourceMetrics metrics,
      Supplier<Receiver> receiver,
      Queue<Signal> inbox,
      How how) {
    this.engine = engine;
    this.positions = positions;
    this.context = context;
    this.metrics = metrics;
    this.inbox = inbox;
    this.how = how;
    this.receiver = receiver.get();
    this.readBefore = new ReadBefore(batch -> this.receiver.accept(batch));
    this.tails =
        new TailEngine(
            TailSettings.of(context.id(), context.agent().drainTimeout()),
            positions,
            readBefore,
            context.clock(),
            context.log());
  }

  /// Lets everything read while `work` runs; then waits for confirmations, as long as allowed.
  void run(OwnedThread.Work work) throws InterruptedException {
    try (var _ = new OwnedThread("docker-files", tails::run)) {
      work.run();
    } finally {
      long deadline = System.nanoTime() + context.agent().drainTimeout().toNanos();
      threads.forEach(Thread::interrupt);
      streamReaders.forEach(LogStreamReader::hangUp);
      boolean interrupted = Thread.interrupted();
      awaitSettled(deadline);
      streamReaders.forEach(reader -> reader.close(Lane.Ending.TO_BE_CONTINUED));
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void awaitSettled(long deadline) throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
    var never = new Semaphore(0);
    while (!streamReaders.stream().allMatch(LogStreamReader::isSettled)
        && System.nanoTime() < deadline) {
      never.tryAcquire(SETTLE_POLL, TimeUnit.NANOSECONDS);
    }
  }

  /// Gives batches to another receiver from now on.
  void receiver(Receiver newReceiver) {
    receiver = newReceiver;
  }

  /// Begins with a container.
  ///
  /// @param opened its log if it was opened already; taken over
  void begin(Target target, @Nullable Grabbed opened) {
    ReadFrom readFrom = how.readFrom();
    if (opened instanceof Grabbed.File(var file, var early)) {
      fromFile(target, file, early);
      return;
    }
    EarlyStream stream = opened instanceof Grabbed.Stream(var early) ? early : null;
    Optional<LogFile> file =
        readFrom == ReadFrom.API ? Optional.empty() : how.files().of(target.details);
    if (file.isPresent() && (readFrom == ReadFrom.FILES || LogFiles.isReadable(file.get()))) {
      if (stream != null) {
        stream.close();
      }
      fromFile(target, file.get(), null);
    } else if (readFrom == ReadFrom.FILES) {
      target.reading =
          new Reading.Unreadable(
              "its log driver \"" + target.details.logDriver() + "\" has no file that can be read");
    } else {
      target.reading = stream(target, stream);
    }
  }

  private void fromFile(Target target, LogFile file, @Nullable EarlyFile early) {
    if (positions.get(target.id()).isEmpty()) {
      streamPosition(target.id()).ifPresent(place -> readBefore.leaveOut(target.id(), place));
    }
    target.file = file;
    target.reading = new Reading.FromFile(tails.open(tailTarget(target, file), early), false);
  }

  private TailTarget tailTarget(Target target, LogFile file) {
    return new TailTarget(
        target.id(),
        file.path(),
        Rotation.NUMBERED,
        file.format(target.streams),
        TailTarget.Start.BEGINNING,
        new Listener(target));
  }

  private Reading stream(Target target, @Nullable EarlyStream early) {
    LogStreamReader reader = target.apiReader;
    if (reader == null) {
      reader = streamReader(target);
      target.apiReader = reader;
      streamReaders.add(reader);
    }
    LogStreamReader started = reader;
    // Not a virtual one: waking those for every pause of a busy stream costs four times the calls.
    Thread thread =
        Thread.ofPlatform().name("docker-log").unstarted(() -> follow(target.id(), started, early));
    threads.add(thread);
    thread.start();
    return new Reading.FromApi(reader, thread);
  }

  private LogStreamReader streamReader(Target target) {
    String key = PositionsFile.STREAM_KEY + target.id();
    String lane = context.id() + "/" + target.id();
    return new LogStreamReader(
        engine,
        new LogStream(lane, target.id()),
        new LogStreamReader.Sink(
            batch -> receiver.accept(batch),
            target.streams,
            streamPosition(target.id()).orElse(null),
            position -> positions.put(key, position),
            metrics.unparsable));
  }

  private Optional<StreamPosition> streamPosition(String id) {
    return positions
        .get(PositionsFile.STREAM_KEY + id)
        .filter(StreamPosition.class::isInstance)
        .map(StreamPosition.class::cast);
  }

  private void follow(String id, LogStreamReader reader, @Nullable EarlyStream early) {
    EngineException refusal = null;
    try {
      reader.run(early);
    } catch (EngineException e) {
      refusal = e;
    } catch (InterruptedException e) {
      // Its owner wants it to end.
    }
    threads.remove(Thread.currentThread());
    inbox.add(new Signal.StreamEnded(id, refusal, reader.wasOpened()));
  }

  /// Reads what is left of a container's log, and then no more. A log stream ends by itself.
  void finish(Target target) {
    switch (target.reading) {
      case Reading.FromFile(var tail, var draining) -> {
        if (!draining) {
          target.reading = new Reading.FromFile(tail, true);
          tail.close(Tail.Ending.DRAIN);
        }
      }
      case Reading.FromApi(var reader, var thread) -> {
        if (!target.wanted) {
          thread.interrupt();
          reader.hangUp();
        }
      }
      case Reading.Idle _, Reading.Unreadable _ -> {}
    }
  }

  /// Lets the container's new labels take effect.
  void relabel(Target target) {
    LogStreamReader reader = target.apiReader;
    if (reader != null) {
      reader.streams(target.streams);
    }
    LogFile file = target.file;
    if (file != null && target.reading instanceof Reading.FromFile(var tail, _)) {
      tail.format(file.format(target.streams));
    }
  }

  /// Forgets a container that is not read any more; its position too if the Engine removed it.
  void remove(Target target) {
    LogStreamReader reader = target.apiReader;
    if (reader != null) {
      reader.close(Lane.Ending.COMPLETE);
      streamReaders.remove(reader);
    }
    countedBefore.remove(target.id());
    if (target.gone) {
      tails.forget(target.id());
      positions.remove(PositionsFile.STREAM_KEY + target.id());
    }
  }

  /// Whether there is a position for a container.
  boolean isKnown(String id) {
    return positions.get(id).isPresent()
        || positions.get(PositionsFile.STREAM_KEY + id).isPresent();
  }

  /// Forgets the positions of containers that are neither there nor read.
  void forgetAllBut(Set<String> existing, Set<String> read) {
    for (String key : positions.keys()) {
      String id =
          key.startsWith(PositionsFile.STREAM_KEY)
              ? key.substring(PositionsFile.STREAM_KEY.length())
              : key;
      if (!existing.contains(id) && !read.contains(id)) {
        positions.remove(key);
      }
    }
  }

  /// Counts what is read and describes each container.
  DebugInfo survey(Collection<Target> targets, Set<String> running) {
    int files = 0;
    int streams = 0;
    int unreadable = 0;
    long lag = 0;
    List<TargetInfo> infos = new ArrayList<>(targets.size());
    for (Target target : targets) {
      switch (target.reading) {
        case Reading.FromFile(var tail, _) -> {
          files++;
          TailStats stats = tail.stats();
          lag += stats.lag();
          count(target.id(), stats);
        }
        case Reading.FromApi _ -> streams++;
        case Reading.Unreadable _ -> unreadable++;
        case Reading.Idle _ -> {}
      }
      infos.add(TargetState.info(target, running.contains(target.id())));
    }
    metrics.files.set(files);
    metrics.streams.set(streams);
    metrics.unreadable.set(unreadable);
    metrics.lag.set(lag);
    metrics.broken(0);
    return new DebugInfo(infos);
  }

  /// A tail that was opened anew counts from zero.
  private void count(String id, TailStats stats) {
    TailStats known = countedBefore.put(id, stats);
    TailStats before = known == null || known.lines() > stats.lines() ? TargetState.NOTHING : known;
    metrics.broken(stats.brokenRecords() - before.brokenRecords());
    metrics.cut(stats.cutLines() - before.cutLines());
  }

  /// The container that has stood still for too long, if there is one.
  Optional<Stall> stall(Collection<Target> targets) {
    return Stall.worst(
        targets.stream().map(TargetState::stall).toList(), context.agent().stallTimeout());
  }

  /// Why files cannot be read or positions not be saved, or null.
  @Nullable String trouble() {
    return tails.trouble(context.agent().stallTimeout());
  }

  /// Hears from a file's tail, on its thread.
  private final class Listener implements TailListener {
    private final Target target;
    private volatile boolean opened;

    Listener(Target target) {
      this.target = target;
    }

    @Override
    public void failing(String message) {
      target.problem = message;
    }

    @Override
    public void reading() {
      opened = true;
      target.problem = null;
    }

    @Override
    public void lost(long bytes, String message) {
      metrics.lost(bytes);
      context
          .log()
          .atError()
          .addKeyValue("container", target.details.name())
          .addKeyValue("bytes", bytes)
          .log("log lost before it was read: {}", message);
    }

    @Override
    public void ended(boolean confirmed) {
      inbox.add(new Signal.TailEnded(target.id(), opened));
    }
  }
}
