package dev.weir.agent.loki.source.docker;

import dev.weir.agent.docker.ContainerDetails;
import org.jspecify.annotations.Nullable;

/// A container that was heard of and is not collected yet: the Engine is being asked what it is, or
/// it has not started. Belongs to the [Collector]'s thread.
final class Newcomer {
  final String id;

  /// What is known of it without asking.
  ContainerDetails guess;

  /// What the Engine says it is.
  @Nullable ContainerDetails details;

  /// Whether the Engine is being asked.
  boolean asked;

  /// Whether it is to be collected as soon as it is known what it is.
  boolean due;

  /// Whether it has run while it was watched; else it may have ended before.
  boolean started;

  /// Whether it has ended since it was heard of.
  boolean ended;

  /// Whether the Engine has removed it.
  boolean gone;

  /// Its log, if that was opened already.
  @Nullable Grabbed log;

  Newcomer(String id, ContainerDetails guess) {
    this.id = id;
    this.guess = guess;
  }

  /// Lets go of what was opened for it.
  void drop() {
    Grabbed opened = log;
    log = null;
    if (opened != null) {
      opened.close();
    }
  }
}
