package dev.weir.agent.loki.tail;

/// What came of an attempt to read.
enum Reading {
  /// The generation has nothing whole for now.
  NOTHING,
  /// Something was read.
  SOME,
  /// What had been read before is not there any more.
  CHANGED
}
