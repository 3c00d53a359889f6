package dev.weir.agent.cli;

/// How lines are printed.
enum TapOutput {
  /// Time, labels and line, for people.
  TEXT,
  /// An object per line, for programs.
  JSON,
  /// The lines alone.
  RAW
}
