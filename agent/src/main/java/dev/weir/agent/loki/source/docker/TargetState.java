package dev.weir.agent.loki.source.docker;

import dev.weir.agent.loki.Backlog;
import dev.weir.agent.loki.Stall;
import dev.weir.agent.loki.source.docker.DebugInfo.TargetInfo;
import dev.weir.agent.loki.tail.TailStats;
import java.time.Instant;

/// Tells how a container's log is getting on.
final class TargetState {
  private static final double MILLIS = 1e3;
  static final TailStats NOTHING = new TailStats(0, 0, 0, 0, 0, 0, 0, 0);

  private TargetState() {}

  static TargetInfo info(Target target, boolean running) {
    String readFrom = "";
    TailStats stats = NOTHING;
    Backlog backlog = Backlog.NONE;
    long lag = 0;
    Long confirmed = null;
    switch (target.reading) {
      case Reading.FromFile(var tail, _) -> {
        readFrom = "files";
        stats = tail.stats();
        backlog = tail.backlog();
        lag = stats.lag();
      }
      case Reading.FromApi(var reader, _) -> {
        readFrom = "api";
        backlog = reader.backlog();
        lag = backlog.bytes();
        confirmed = reader.confirmedTime();
      }
      case Reading.Idle _, Reading.Unreadable _ -> {}
    }
    return new TargetInfo(
        target.id(),
        name(target),
        problem(target),
        target.streams.stdout().labels().toMap(),
        running,
        readFrom,
        stats.offset(),
        lag,
        backlog.age().toMillis() / MILLIS,
        stats.lostBytes(),
        confirmed == null ? "" : Instant.EPOCH.plusNanos(confirmed).toString());
  }

  /// As people call it: the Engine has a slash before it.
  private static String name(Target target) {
    String name = target.details.name();
    return name.startsWith("/") ? name.substring(1) : name;
  }

  /// How far it is behind.
  static Stall stall(Target target) {
    Backlog backlog =
        switch (target.reading) {
          case Reading.FromFile(var tail, _) -> tail.backlog();
          case Reading.FromApi(var reader, _) -> reader.backlog();
          case Reading.Idle _, Reading.Unreadable _ -> Backlog.NONE;
        };
    return new Stall("container " + name(target), backlog);
  }

  private static String problem(Target target) {
    String problem =
        switch (target.reading) {
          case Reading.FromFile _ -> target.problem;
          case Reading.FromApi(var reader, _) -> reader.problem();
          case Reading.Unreadable(var reason) -> reason;
          case Reading.Idle _ -> null;
        };
    return problem == null ? "" : problem;
  }
}
