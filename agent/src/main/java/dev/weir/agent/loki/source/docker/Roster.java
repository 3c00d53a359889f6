package dev.weir.agent.loki.source.docker;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.docker.ContainerDetails;
import dev.weir.agent.docker.EngineException;
import dev.weir.agent.loki.source.docker.LokiSourceDocker.Arguments;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The containers that are collected, and what becomes of each. Belongs to the [Collector]'s thread
/// and never waits.
final class Roster {
  /// A container that ends often starts again at once; its file stays open that long.
  private static final long LINGER = TimeUnit.SECONDS.toNanos(5);

  /// A log that ends at once although its container runs is not asked for more often.
  private static final long RETRY = TimeUnit.SECONDS.toNanos(1);

  private final Readers readers;
  private final Inquiries inquiries;
  private final Supplier<Arguments> arguments;
  private final ComponentContext context;
  private final SourceMetrics metrics;
  private final Map<String, Target> targets = new HashMap<>();
  private Wanted wanted;

  Roster(
      Readers readers,
      Inquiries inquiries,
      Supplier<Arguments> arguments,
      ComponentContext context,
      SourceMetrics metrics) {
    this.readers = readers;
    this.inquiries = inquiries;
    this.arguments = arguments;
    this.context = context;
    this.metrics = metrics;
    this.wanted = new Wanted(arguments.get().targets());
  }

  Wanted wanted() {
    return wanted;
  }

  Collection<Target> targets() {
    return targets.values();
  }

  Set<String> ids() {
    return targets.keySet();
  }

  boolean contains(String id) {
    return targets.containsKey(id);
  }

  /// Uses the new arguments for what is read already.
  void updated() {
    wanted = new Wanted(arguments.get().targets());
    for (Target target : List.copyOf(targets.values())) {
      target.wanted = wanted.contains(target.id());
      if (target.wanted) {
        relabel(target);
      } else {
        readers.finish(target);
        removeIfDone(target);
      }
    }
  }

  private void relabel(Target target) {
    target.streams = StreamLabels.of(target.details, wanted.labels(target.id()), arguments.get());
    readers.relabel(target);
  }

  /// Begins with a container.
  void begin(Newcomer newcomer) {
    ContainerDetails details = newcomer.details;
    boolean known = details != null;
    if (details == null) {
      details = newcomer.guess;
    }
    Streams streams = StreamLabels.of(details, wanted.labels(newcomer.id), arguments.get());
    Target target = new Target(details, streams);
    if (newcomer.ended || !(newcomer.started || details.running())) {
      target.endedAt = System.nanoTime();
    }
    target.started = newcomer.started;
    targets.put(newcomer.id, target);
    target.begunAt = System.nanoTime();
    Grabbed log = newcomer.log;
    newcomer.log = null;
    readers.begin(target, log);
    reportUnreadable(target, known);
    if (newcomer.gone) {
      gone(target);
    }
  }

  private void reportUnreadable(Target target, boolean known) {
    if (target.reading instanceof Reading.Unreadable(var reason)) {
      if (!known) {
        missed(target);
        return;
      }
      context
          .log()
          .atWarn()
          .addKeyValue("container", target.details.name())
          .addKeyValue("err", reason)
          .log("log of container cannot be read");
    }
  }

  /// A container that is collected, or was, runs.
  void runs(Target target) {
    target.endedAt = null;
    switch (target.reading) {
      case Reading.FromFile(_, var draining) -> target.startedAgain |= draining;
      case Reading.FromApi _ -> {}
      case Reading.Idle _, Reading.Unreadable _ -> read(target);
    }
  }

  /// It runs, if it is collected.
  ///
  /// @return whether it is
  boolean runs(String id) {
    Target target = targets.get(id);
    if (target != null) {
      runs(target);
    }
    return target != null;
  }

  /// What is listed as not running has perhaps run since nobody looked.
  void askWhenItEnded(String id, Inquiry.EndedSince inquiry) {
    Target target = targets.get(id);
    if (target != null && target.reading instanceof Reading.Idle) {
      inquiries.ask(id, inquiry);
    }
  }

  void died(String id) {
    Target target = targets.get(id);
    if (target != null && target.endedAt == null) {
      target.endedAt = System.nanoTime();
    }
  }

  void destroyed(String id) {
    Target target = targets.get(id);
    if (target != null) {
      gone(target);
    }
  }

  void renamed(String id) {
    if (targets.containsKey(id)) {
      inquiries.ask(id, Inquiry.Renamed.HOW);
    }
  }

  /// All others than these are gone.
  void retainAll(Set<String> existing) {
    for (Target target : List.copyOf(targets.values())) {
      if (!existing.contains(target.id())) {
        gone(target);
      }
    }
  }

  /// The Engine has said what a container is.
  void answered(String id, Inquiry inquiry, ContainerDetails details) {
    Target target = targets.get(id);
    if (target == null) {
      return;
    }
    target.details = details;
    switch (inquiry) {
      case Inquiry.Introduction _ -> {}
      case Inquiry.Renamed _ -> relabel(target);
      case Inquiry.Running _ -> {
        if (details.running() && target.reading instanceof Reading.Idle) {
          read(target);
        }
      }
      case Inquiry.EndedSince(var moment) -> {
        if (details.finishedAt().isAfter(moment) && target.reading instanceof Reading.Idle) {
          target.endedAt = System.nanoTime();
          read(target);
        }
      }
    }
  }

  private void read(Target target) {
    target.startedAgain = false;
    target.retried = false;
    target.begunAt = System.nanoTime();
    readers.begin(target, null);
    reportUnreadable(target, true);
  }

  private void gone(Target target) {
    target.gone = true;
    readers.finish(target);
    removeIfDone(target);
  }

  /// A container's log has ended.
  ///
  /// @param refusal why the Engine gives none, or null
  /// @param opened whether there was a log at all
  void ended(String id, @Nullable EngineException refusal, boolean opened) {
    Target target = targets.get(id);
    if (target == null) {
      return;
    }
    target.reading = Reading.Idle.IDLE;
    if (!opened && target.started && (target.gone || (refusal != null && refusal.gone()))) {
      missed(target);
    } else if (refusal != null && !refusal.gone()) {
      target.reading = new Reading.Unreadable(String.valueOf(refusal.getMessage()));
      reportUnreadable(target, true);
    }
    if (removeIfDone(target)) {
      return;
    }
    if (target.startedAgain) {
      read(target);
    } else {
      target.retried = System.nanoTime() - target.begunAt < RETRY;
      readIfRunning(target);
    }
  }

  private void missed(Target target) {
    target.started = false;
    metrics.missed();
    context
        .log()
        .atError()
        .addKeyValue("container", target.details.name())
        .log("log of container lost: it was removed before it could be opened");
  }

  /// A container whose log has ended may run all the same: then it has started again.
  private void readIfRunning(Target target) {
    if (!target.retried && target.reading instanceof Reading.Idle) {
      inquiries.ask(target.id(), Inquiry.Running.WHETHER);
    }
  }

  private boolean removeIfDone(Target target) {
    boolean idle =
        target.reading instanceof Reading.Idle || target.reading instanceof Reading.Unreadable;
    if (!idle || (target.wanted && !target.gone)) {
      return false;
    }
    targets.remove(target.id());
    readers.remove(target);
    return true;
  }

  /// Does what is due.
  void tick() {
    long now = System.nanoTime();
    for (Target target : targets.values()) {
      if (target.retried && now - target.begunAt >= RETRY) {
        target.retried = false;
        readIfRunning(target);
      }
      Long end = target.endedAt;
      if (end != null && now - end > LINGER) {
        readers.finish(target);
      }
    }
  }
}
