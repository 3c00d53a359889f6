package dev.weir.agent.river;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Shows a stretch of a file with its surroundings, and underlines the stretch.
///
/// A stretch within one line stands over a row of `^`; one over several lines has a rail at its
/// left. Tabs are shown as four blanks and columns count bytes, as positions do.
final class Excerpt {
  private static final int TAB_WIDTH = 4;
  private static final int CONTEXT_LINES = 1;
  private static final int MAX_LINE_BYTES = 4096;

  private final StringBuilder out;
  private final byte[] bytes;
  private final Span span;
  private final boolean multiline;

  private Excerpt(StringBuilder out, Span span) {
    this.out = out;
    this.bytes = span.file().bytes();
    this.span = span;
    this.multiline = span.end().line() > span.start().line();
  }

  static void append(StringBuilder out, Span span) {
    new Excerpt(out, span).append();
  }

  private void append() {
    int first = Math.max(span.start().line() - CONTEXT_LINES, 1);
    List<Line> lines = lines(first, span.end().line() + CONTEXT_LINES);
    int width = Integer.toString(first + lines.size() - 1).length();
    for (int i = 0; i < lines.size(); i++) {
      appendLine(first + i, lines.get(i), width);
    }
  }

  private void appendLine(int number, Line line, int width) {
    String shown = Integer.toString(number);
    out.repeat(' ', width - shown.length()).append(shown).append(" | ");
    if (multiline) {
      boolean onRail = number > span.start().line() && number <= span.end().line();
      out.append(onRail ? "| " : "  ");
    }
    appendText(line);
    out.append('\n');
    boolean first = number == span.start().line();
    if (first || (multiline && number == span.end().line())) {
      out.repeat(' ', width).append(multiline ? first ? " |  _" : " | |_" : " | ");
      appendFocus(number, line);
      out.append('\n');
    }
  }

  private void appendText(Line line) {
    var text = new String(bytes, line.start, line.end - line.start, StandardCharsets.ISO_8859_1);
    BitSet masked = Masks.of(text);
    forEach(
        line,
        (column, character) -> {
          if (masked.get(column - 1)) {
            out.append('*');
            return;
          }
          switch (character) {
            case '\r' -> {}
            case '\t', 0x0B -> out.repeat(' ', TAB_WIDTH);
            default -> out.appendCodePoint(shown(character));
          }
        });
  }

  /// A file's control characters must not reach the terminal that shows the error.
  private static int shown(int character) {
    return Character.isISOControl(character) ? 0xFFFD : character;
  }

  private void appendFocus(int number, Line line) {
    char blank = multiline ? '_' : ' ';
    forEach(
        line,
        (column, character) -> {
          if (number == span.end().line() && column > span.end().column()) {
            return;
          }
          if (character == '\t' || character == 0x0B) {
            out.repeat(blank, TAB_WIDTH);
          } else if (number == span.start().line() && column < span.start().column()) {
            out.append(blank);
          } else {
            out.append('^');
          }
        });
  }

  /// The lines from one to another, or fewer when the file ends before.
  private List<Line> lines(int first, int last) {
    List<Line> lines = new ArrayList<>();
    int start = 0;
    int number = 1;
    for (int at = 0; at <= bytes.length && number <= last; at++) {
      if (at == bytes.length || bytes[at] == '\n') {
        if (number >= first) {
          lines.add(new Line(start, Math.min(at, start + MAX_LINE_BYTES)));
        }
        start = at + 1;
        number++;
      }
    }
    return lines;
  }

  /// Where a line's bytes stand, without its end.
  private record Line(int start, int end) {}

  private interface Visitor {
    void visit(int column, int character);
  }

  private void forEach(Line line, Visitor visitor) {
    int at = line.start;
    while (at < line.end) {
      int length = bytes[at] >= 0 ? 1 : Math.max(Utf8.sequenceLength(bytes, at), 1);
      String character = new String(bytes, at, length, StandardCharsets.UTF_8);
      visitor.visit(at - line.start + 1, character.codePointAt(0));
      at += length;
    }
  }
}
