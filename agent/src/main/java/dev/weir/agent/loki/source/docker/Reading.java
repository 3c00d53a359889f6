package dev.weir.agent.loki.source.docker;

import dev.weir.agent.loki.tail.Tail;

/// How a container's log is being read.
sealed interface Reading {
  /// Not at all: it has ended and all is read, or it is about to begin.
  enum Idle implements Reading {
    IDLE
  }

  /// Its log cannot be read, and trying again before it starts anew is no use.
  record Unreadable(String reason) implements Reading {}

  /// From its file.
  ///
  /// @param draining whether only what is left is read
  record FromFile(Tail tail, boolean draining) implements Reading {}

  /// From the API; the thread ends with the container.
  record FromApi(LogStreamReader reader, Thread thread) implements Reading {}
}
