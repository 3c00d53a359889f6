package dev.weir.agent.loki.source.docker;

import dev.weir.agent.docker.ContainerDetails;
import org.jspecify.annotations.Nullable;

/// A container that is collected. Belongs to the [Collector]'s thread.
final class Target {
  ContainerDetails details;
  Streams streams;
  Reading reading = Reading.Idle.IDLE;

  /// Its log file, if that is read.
  @Nullable LogFile file;

  /// The reader of the API, kept over restarts of the container: it knows what is under way.
  @Nullable LogStreamReader apiReader;

  /// Whether it has started again while what was left of its file was being read.
  boolean startedAgain;

  /// When it ended, by `System.nanoTime`; null while it runs.
  @Nullable Long endedAt;

  /// When its log was last begun with, by `System.nanoTime`.
  long begunAt;

  /// Whether it has run while it was watched, so that its log should be had.
  boolean started;

  /// Whether its log ended so soon after it was begun with that it is tried again a little later.
  boolean retried;

  /// Whether the Engine has removed it.
  boolean gone;

  /// Whether it is still to be collected.
  boolean wanted = true;

  /// Why its file cannot be read at the moment, or null; set by the tail's thread.
  volatile @Nullable String problem;

  Target(ContainerDetails details, Streams streams) {
    this.details = details;
    this.streams = streams;
  }

  String id() {
    return details.id();
  }
}
