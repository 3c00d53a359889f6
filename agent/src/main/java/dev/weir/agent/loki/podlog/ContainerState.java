package dev.weir.agent.loki.podlog;

/// How a container does.
///
/// @param life whether more can be written to its log
/// @param restarts so far: each begins a new log
/// @param isBeingDeleted whether its pod is
record ContainerState(Life life, int restarts, boolean isBeingDeleted) {
  static final ContainerState GONE = new ContainerState(Life.GONE, 0, true);

  /// What is to be expected of a log.
  enum Life {
    /// More.
    ALIVE,
    /// Nothing more, but what there is can be read.
    ENDED,
    /// The pod is no more, nor is its log.
    GONE
  }
}
