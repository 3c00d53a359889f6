package dev.weir.agent.regex;

import org.jspecify.annotations.Nullable;

/// Runs a compiled expression. Thread-safe.
interface Engine {
  /// Whether the expression matches anywhere.
  boolean find(String text);

  /// The first match from an index on, as start and end of the whole and of each group, -1 for a
  /// group that took no part; null when there is none. Text before the index is still looked at by
  /// anchors.
  int @Nullable [] find(String text, int from);

  /// The same for UTF-8 text: the first match, with indexes into `buffer` put into `spans`.
  boolean find(byte[] buffer, int offset, int length, int[] spans);
}
