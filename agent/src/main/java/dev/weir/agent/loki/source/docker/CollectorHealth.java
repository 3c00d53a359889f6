package dev.weir.agent.loki.source.docker;

import dev.weir.agent.component.Health;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How a collector is doing. Thread-safe.
final class CollectorHealth {
  private final InstantSource clock;
  private final String host;
  private List<String> damage = List.of();
  private @Nullable String engineProblem = "not connected yet";
  private boolean lost;
  private boolean connected;
  private String counts = "";
  private @Nullable String standstill;
  private String note = "";
  private Instant since;

  CollectorHealth(InstantSource clock, String host) {
    this.clock = clock;
    this.host = host;
    this.since = clock.instant();
  }

  /// Sets what is wrong with positions.
  synchronized void positions(List<String> problems) {
    damage = problems;
    since = clock.instant();
  }

  /// The Engine has told which containers there are.
  synchronized void listed() {
    if (connected) {
      return;
    }
    engineProblem = null;
    lost = false;
    connected = true;
    since = clock.instant();
  }

  /// The Engine does not answer.
  ///
  /// @return whether that is news
  synchronized boolean lost(String problem) {
    boolean news = !lost || !problem.equals(engineProblem);
    engineProblem = problem;
    lost = true;
    connected = false;
    if (news) {
      since = clock.instant();
    }
    return news;
  }

  synchronized boolean isConnected() {
    return connected;
  }

  /// Sets what keeps logs from being read, or null.
  ///
  /// @param newNote what else is to be said of logs that wait; may be empty
  synchronized void progress(@Nullable String problem, String newNote) {
    note = newNote;
    if (!Objects.equals(problem, standstill)) {
      standstill = problem;
      since = clock.instant();
    }
  }

  /// Sets how many containers are read.
  synchronized void targets(SourceMetrics metrics) {
    counts =
        "%d containers read from files, %d from the API, %d unreadable"
            .formatted(metrics.files.get(), metrics.streams.get(), metrics.unreadable.get());
  }

  /// How it is doing.
  synchronized Health now() {
    if (!damage.isEmpty()) {
      return new Health(Health.State.UNHEALTHY, String.join("; ", damage), since);
    }
    String problem = engineProblem;
    if (problem != null) {
      Health.State state = lost ? Health.State.UNHEALTHY : Health.State.UNKNOWN;
      return new Health(state, problem + "; " + counts, since);
    }
    String still = standstill;
    return still != null
        ? new Health(Health.State.UNHEALTHY, still + "; " + counts, since)
        : new Health(Health.State.HEALTHY, host + ": " + counts + note, since);
  }
}
