package dev.weir.agent.river;

/// A stretch of one source file, from the first byte of its first token to the last byte of its
/// last.
///
/// @param end position of the last byte, inclusive, as diagnostics underline it
public record Span(SourceFile file, Position start, Position end) {
  /// The stretch from the start of this one to the end of `last`.
  public Span to(Span last) {
    return new Span(file, start, last.end);
  }

  /// The source text that the stretch covers.
  public String text() {
    return file.text(start.offset(), end.offset() + 1);
  }
}
