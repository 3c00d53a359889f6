package dev.weir.agent.river;

import java.util.ArrayList;
import java.util.List;

/// Collects what is wrong with one source while it is read.
///
/// At most [#LIMIT] problems are kept: a file that is no River at all does not fill the memory.
final class Problems {
  static final int LIMIT = 100;

  /// Ends the reading of a source at once.
  static final class Abandoned extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Abandoned() {
      super(null, null, false, false);
    }
  }

  private final Lines lines;
  private final List<Diagnostic> found = new ArrayList<>();

  Problems(Lines lines) {
    this.lines = lines;
  }

  /// Notes a problem at one place.
  void report(int offset, String message) {
    report(lines.span(offset, offset), message);
  }

  /// Notes a problem of a stretch of the source.
  void report(Span span, String message) {
    if (found.size() >= LIMIT) {
      found.add(Diagnostic.error(span, "too many errors"));
      throw new Abandoned();
    }
    found.add(Diagnostic.error(span, message));
  }

  /// Notes a problem after which reading on makes no sense.
  Abandoned abandon(int offset, String message) {
    report(offset, message);
    return new Abandoned();
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  List<Diagnostic> all() {
    return found;
  }
}
