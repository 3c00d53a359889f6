package dev.weir.agent.river.eval;

import dev.weir.agent.river.Span;
import java.util.List;

/// A dotted path in an expression that leads out of it, such as `loki.write.default.receiver`.
///
/// @param path its parts, at least one
/// @param nameSpan its first part
/// @param span all of it
public record Reference(List<String> path, Span nameSpan, Span span) {
  public Reference {
    path = List.copyOf(path);
  }

  /// The path as written: parts joined by dots.
  public String text() {
    return String.join(".", path);
  }
}
