package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Slice;
import org.jspecify.annotations.Nullable;

/// The text that a stage works on: the line, or an extracted value.
///
/// Not thread-safe.
final class SourceText {
  private final @Nullable String name;
  private final Slice slice = new Slice();

  /// @param name of the value; null or empty for the line
  SourceText(@Nullable String name) {
    this.name = name == null || name.isEmpty() ? null : name;
  }

  /// Where the text lies until the next call; null when there is no such value.
  @Nullable Slice of(Entry entry) {
    if (name == null) {
      slice.set(entry);
      return slice;
    }
    return entry.extracted().read(name, slice) ? slice : null;
  }

  /// Puts text where it came from.
  void replace(Entry entry, byte[] buffer, int offset, int length) {
    if (name == null) {
      entry.line(buffer, offset, length);
    } else {
      entry.extracted().putBytes(name, buffer, offset, length);
    }
  }

  /// @throws IllegalArgumentException when the name is given, but empty
  static void requireNamed(@Nullable String name) {
    if (name != null && name.isEmpty()) {
      throw new IllegalArgumentException("empty source");
    }
  }
}
