package dev.weir.agent.river;

import java.util.List;

/// Writes trees as River in the one accepted format: names and `=` aligned, a tab per level.
///
/// What is printed is read back and compared before it is returned, so that a printed tree always
/// means what it meant, and is printed the same the next time.
///
/// Thread-safe.
public final class Printer {
  private static final int MAX_PASSES = 5;

  private Printer() {}

  /// The formatted file with its comments, as `fmt` writes it.
  ///
  /// @throws IllegalStateException when the text does not mean what the file does
  public static String print(RiverFile file) {
    RiverFile current = file;
    String text = format(current);
    // A value that is put on one line may be aligned with its neighbours only when it is seen
    // there.
    for (int pass = 1; pass < MAX_PASSES; pass++) {
      current = readBack(text, file);
      String next = format(current);
      if (next.equals(text)) {
        return text;
      }
      text = next;
    }
    return text;
  }

  /// The formatted text of a body that was constructed, without looking at its spans.
  ///
  /// @throws IllegalArgumentException when no River text has this structure: a name that is none, a
  ///   literal that is none, operators that bind otherwise
  public static String print(Body body) {
    try {
      RiverFile file = Parser.parse(SourceFile.of("printed", Draft.of(body)));
      if (Structure.same(file.body(), body)) {
        return print(file);
      }
    } catch (DiagnosticsException e) {
      throw new IllegalArgumentException("no River has this structure: " + e.getMessage(), e);
    }
    throw new IllegalArgumentException("no River has this structure");
  }

  /// The text of an expression as messages show it. Its lines are those of the source.
  public static String print(Expression expression) {
    Layout layout = new Layout(List.of());
    new TreeFormatter(layout).format(expression);
    return layout.finish();
  }

  private static String format(RiverFile file) {
    Layout layout = new Layout(file.comments());
    new TreeFormatter(layout).format(file.body().statements());
    return layout.finish() + "\n";
  }

  private static RiverFile readBack(String text, RiverFile file) {
    try {
      RiverFile printed = Parser.parse(SourceFile.of(file.source().name(), text));
      if (Structure.same(printed.body(), file.body())
          && texts(printed.comments()).equals(texts(file.comments()))) {
        return printed;
      }
    } catch (DiagnosticsException e) {
      throw new IllegalStateException("cannot print " + file.source() + ": " + e.getMessage(), e);
    }
    throw new IllegalStateException("cannot print " + file.source() + " without changing it");
  }

  private static List<String> texts(List<Comment> comments) {
    return comments.stream().map(Comment::text).toList();
  }
}
