package dev.weir.agent.river;

import java.util.ArrayList;
import java.util.List;

/// Lays out text in columns whose width follows from what stands in them.
///
/// Text is written cell by cell. Cells that are ended at the same column of consecutive lines form
/// a block, and all cells of a block are made as wide as the widest one plus a blank. A block ends
/// at a line without a cell in that column, or at an explicit break. Blanks at the end of a line
/// are dropped unless they are part of a comment or literal.
final class Columns {
  private static final int PADDING = 1;
  private static final int TAB_WIDTH = 8;

  /// One cell; `tabbed` cells keep their room although they are empty, as indentation does.
  private record Cell(String text, int width, int softTail, boolean tabbed) {}

  private final StringBuilder out = new StringBuilder();
  private final StringBuilder text = new StringBuilder();
  private final List<Integer> widths = new ArrayList<>();
  private List<List<Cell>> lines = new ArrayList<>();
  private int width;
  private int softTail;

  /// Where what may not be trimmed ends in the output.
  private int hardEnd;

  Columns() {
    lines.add(new ArrayList<>());
  }

  /// Adds text to the current cell as it is, whatever it holds.
  void text(String added) {
    text.append(added);
    width += added.codePointCount(0, added.length());
    softTail = 0;
  }

  /// Adds a literal, which may go over several lines. Its text stays as it is; its line ends end
  /// the lines of the layout.
  void literal(String added) {
    int start = 0;
    for (int end = added.indexOf('\n'); end >= 0; end = added.indexOf('\n', start)) {
      text(added.substring(start, end));
      endLine();
      start = end + 1;
    }
    text(added.substring(start));
  }

  void blank() {
    text.append(' ');
    width++;
    softTail++;
  }

  /// Ends the current cell; an empty one takes no room.
  void endCell() {
    terminate(false);
  }

  /// Ends the current cell; an empty one takes as much room as a tab.
  void tab() {
    terminate(true);
  }

  void endLine() {
    int cells = terminate(false);
    lines.add(new ArrayList<>());
    if (cells == 1) {
      // No block goes on past a line of one cell.
      flush();
    }
  }

  /// Ends the line and all blocks.
  void breakLine() {
    terminate(false);
    lines.add(new ArrayList<>());
    flush();
  }

  /// All that was written.
  @Override
  public String toString() {
    if (!text.isEmpty()) {
      terminate(false);
    }
    flush();
    out.setLength(hardEnd);
    return out.toString();
  }

  private int terminate(boolean tabbed) {
    List<Cell> line = lines.getLast();
    line.add(new Cell(text.toString(), width, softTail, tabbed));
    text.setLength(0);
    width = 0;
    softTail = 0;
    return line.size();
  }

  private void flush() {
    format(0, lines.size());
    lines = new ArrayList<>();
    lines.add(new ArrayList<>());
  }

  /// Writes lines, of which the columns before the current one have their width already.
  private void format(int from, int to) {
    int column = widths.size();
    int unwritten = from;
    for (int at = from; at < to; at++) {
      if (!hasCell(at, column)) {
        continue;
      }
      write(unwritten, at);
      int blockEnd = at;
      while (blockEnd < to && hasCell(blockEnd, column)) {
        blockEnd++;
      }
      widths.add(blockWidth(column, at, blockEnd));
      format(at, blockEnd);
      widths.removeLast();
      unwritten = blockEnd;
      at = blockEnd;
    }
    write(unwritten, to);
  }

  /// The last cell of a line belongs to no column.
  private boolean hasCell(int line, int column) {
    return column < lines.get(line).size() - 1;
  }

  private int blockWidth(int column, int from, int to) {
    int widest = 0;
    boolean discardable = true;
    for (int i = from; i < to; i++) {
      Cell cell = lines.get(i).get(column);
      widest = Math.max(widest, cell.width + PADDING);
      discardable &= cell.width == 0 && !cell.tabbed;
    }
    return discardable ? 0 : widest;
  }

  private void write(int from, int to) {
    for (int i = from; i < to; i++) {
      writeLine(lines.get(i));
      if (i + 1 < lines.size()) {
        out.setLength(hardEnd);
        out.append('\n');
        hardEnd = out.length();
      }
    }
  }

  private void writeLine(List<Cell> line) {
    boolean leading = true;
    for (int i = 0; i < line.size(); i++) {
      Cell cell = line.get(i);
      if (!cell.text.isEmpty()) {
        leading = false;
        writeText(cell);
      }
      if (i < widths.size()) {
        pad(widths.get(i), cell.width, leading);
      }
    }
  }

  private void writeText(Cell cell) {
    out.append(cell.text);
    if (cell.softTail < cell.text.length()) {
      hardEnd = out.length() - cell.softTail;
    }
  }

  private void pad(int columnWidth, int cellWidth, boolean leading) {
    if (leading) {
      // Indentation is a tab per column, however wide the column is elsewhere.
      out.repeat('\t', (columnWidth + TAB_WIDTH - 1) / TAB_WIDTH);
    } else {
      out.repeat(' ', columnWidth - cellWidth);
    }
  }
}
