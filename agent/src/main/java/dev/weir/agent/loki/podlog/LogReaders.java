package dev.weir.agent.loki.podlog;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.Stall;
import dev.weir.agent.loki.podlog.DebugInfo.TargetInfo;
import dev.weir.agent.loki.positions.Position;
import dev.weir.agent.loki.positions.Positions;
import dev.weir.agent.loki.positions.StreamPosition;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One reader per container and set of labels.
///
/// [#problem] and [#debugInfo] may be called by any thread, the rest by its owner's.
final class LogReaders {
  /// How long the last lines of a pod that has left the targets may take.
  private static final long LAST_LINES = TimeUnit.SECONDS.toNanos(30);

  /// How long the position of a container that is no target is kept.
  private static final long FORGET = TimeUnit.HOURS.toNanos(1);

  private static final double MILLIS = 1e3;

  private static final long SETTLE_POLL = TimeUnit.MILLISECONDS.toNanos(20);

  private final LogApi api;
  private final Positions positions;
  private final ComponentContext context;
  private final Receiver receiver;
  private final PodLogMetrics metrics;
  private final @Nullable StreamPosition since;
  private final Map<String, Reading> readings = new ConcurrentHashMap<>();
  private final Map<String, Long> absentSince = new HashMap<>();

  private static final class Reading {
    final LogReader reader;
    final Thread thread;
    long leavingSince;

    Reading(LogReader reader, Thread thread) {
      this.reader = reader;
      this.thread = thread;
    }

    void stop() {
      thread.interrupt();
      reader.hangUp();
    }
  }

  /// @param since where to begin without a position; null for the beginning
  LogReaders(
      LogApi api,
      Positions positions,
      ComponentContext context,
      Receiver receiver,
      PodLogMetrics metrics,
      @Nullable StreamPosition since) {
    this.since = since;
    this.api = api;
    this.positions = positions;
    this.context = context;
    this.receiver = receiver;
    this.metrics = metrics;
  }

  /// Begins with targets that are new, and ends what is none any more. To be called about every
  /// second.
  void read(List<LogTarget> targets) {
    Map<String, LogTarget> wanted = keyed(targets);
    wanted.forEach((key, target) -> {
      Reading known = readings.get(key);
      if (known == null) {
        readings.put(key, started(key, target));
      } else {
        known.leavingSince = 0;
        known.reader.labels(target.labels());
        known.reader.hangUpIfOld();
      }
    });
    readings.forEach((key, reading) -> {
      if (!wanted.containsKey(key) && hasLeft(reading)) {
        readings.remove(key);
        reading.reader.close();
      }
    });
    forget(wanted);
    int active = (int) readings.values().stream().filter(one -> one.reader.end() == null).count();
    metrics.active.set(active);
  }

  /// Keys of positions; targets that differ only in what entries do not show are one.
  private static Map<String, LogTarget> keyed(List<LogTarget> targets) {
    Map<PodContainer, Labels> first = new HashMap<>();
    Map<String, LogTarget> keyed = new LinkedHashMap<>();
    for (LogTarget target : targets) {
      Labels known = first.putIfAbsent(target.container(), target.labels());
      String key = target.container().key();
      boolean another = known != null && !known.equals(target.labels());
      keyed.putIfAbsent(another ? key + target.labels() : key, target);
    }
    return keyed;
  }

  private Reading started(String key, LogTarget target) {
    var reader =
        new LogReader(
            api,
            target,
            new LogReader.Sink(
                receiver,
                start(key, target),
                position -> positions.put(key, position),
                metrics.unparsable));
    Thread thread =
        Thread.ofVirtual()
            .name(target.container().toString())
            .start(() -> {
              try {
                reader.run();
              } catch (InterruptedException e) {
                // Its owner wants it to end.
              }
            });
    return new Reading(reader, thread);
  }

  private @Nullable StreamPosition start(String key, LogTarget target) {
    Position known = takenOver(key, target);
    if (known == null) {
      known = positions.get(key).orElse(null);
    }
    if (known == null) {
      known = positions.get(target.container().key()).orElse(null);
    }
    return known instanceof StreamPosition position ? position : since;
  }

  /// Alloy's position for exactly these labels, which from now on has another key.
  private @Nullable Position takenOver(String key, LogTarget target) {
    String before = target.container().key() + target.labels();
    Position known = positions.get(before).orElse(null);
    if (!(known instanceof StreamPosition stream) || !ForeignLogs.isForeign(stream)) {
      return null;
    }
    positions.remove(before);
    positions.put(key, known);
    return known;
  }

  /// Whether a reading that is not wanted any more is over. Discovery drops a pod before its last
  /// lines are read: those are waited for where the pod is being deleted.
  private boolean hasLeft(Reading reading) {
    if (!reading.thread.isAlive()) {
      return true;
    }
    long now = System.nanoTime();
    if (reading.leavingSince == 0) {
      reading.leavingSince = now;
      if (isToStay(reading.reader.container())) {
        reading.stop();
      }
    } else if (now - reading.leavingSince > LAST_LINES) {
      reading.stop();
    }
    return false;
  }

  private boolean isToStay(PodContainer container) {
    try {
      ContainerState state = api.state(container);
      return state.life() == ContainerState.Life.ALIVE && !state.isBeingDeleted();
    } catch (IOException e) {
      return false;
    }
  }

  /// Forgets the positions of containers that have not been targets for long: the names of pods
  /// never come back.
  private void forget(Map<String, LogTarget> wanted) {
    long now = System.nanoTime();
    for (String key : positions.keys()) {
      if (wanted.containsKey(key) || readings.containsKey(key)) {
        absentSince.remove(key);
      } else if (now - absentSince.computeIfAbsent(key, _ -> now) > FORGET) {
        absentSince.remove(key);
        positions.remove(key);
      }
    }
  }

  /// Why something cannot be read; empty when all is well.
  String problem() {
    List<String> problems =
        readings.values().stream()
            .map(one -> one.reader)
            .filter(reader -> reader.problem() != null)
            .map(reader -> reader.container() + ": " + reader.problem())
            .toList();
    if (!problems.isEmpty()) {
      return problems.size() + " of " + readings.size() + " cannot be read: " + problems.getFirst();
    }
    return Objects.requireNonNullElse(Stall.problem(stall(), receiver), "");
  }

  private Optional<Stall> stall() {
    return Stall.worst(
        readings.values().stream().map(one -> one.reader.stall()).toList(),
        context.agent().stallTimeout());
  }

  /// What is to be said of logs that wait, though nothing is wrong here; may be empty.
  String note() {
    return Stall.note(stall(), receiver);
  }

  DebugInfo debugInfo() {
    return new DebugInfo(
        readings.values().stream()
            .map(one -> one.reader)
            .map(reader ->
                new TargetInfo(
                    reader.container().toString(),
                    reader.labels().toMap(),
                    reader.end() == null,
                    Objects.requireNonNullElse(reader.problem(), ""),
                    reader.stall().backlog().bytes(),
                    reader.stall().backlog().age().toMillis() / MILLIS,
                    confirmed(reader)))
            .toList());
  }

  private static String confirmed(LogReader reader) {
    Long nanos = reader.confirmedTime();
    return nanos == null ? "" : Instant.EPOCH.plusNanos(nanos).toString();
  }

  /// Ends all readers, then waits for confirmations as long as allowed.
  void stop() throws InterruptedException {
    boolean interrupted = Thread.interrupted();
    long deadline = System.nanoTime() + context.agent().drainTimeout().toNanos();
    readings.values().forEach(Reading::stop);
    for (Reading reading : readings.values()) {
      reading.thread.join();
    }
    var never = new Semaphore(0);
    while (!readings.values().stream().allMatch(one -> one.reader.isSettled())
        && System.nanoTime() < deadline) {
      never.tryAcquire(SETTLE_POLL, TimeUnit.NANOSECONDS);
    }
    readings.values().forEach(one -> one.reader.close());
    readings.clear();
    metrics.active.set(0);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
