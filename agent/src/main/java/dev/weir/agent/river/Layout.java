package dev.weir.agent.river;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Writes tokens and the comments between them.
///
/// Whitespace is held back until the next token, because a comment that stands before that token
/// takes its place. Where a comment stands is told by comparing its place in the source with that
/// of the token: [#at] says the latter, and without it a token is taken to follow the one before.
final class Layout {
  private static final int MAX_NEWLINES = 2;
  private static final int END_OF_FILE = Integer.MAX_VALUE;

  private enum Space {
    /// A place where whitespace was dropped for a comment.
    NONE,
    BLANK,
    CELL_END,
    LINE_END,
    BREAK,
    INDENT,
    UNINDENT;

    boolean isIndentation() {
      return this == INDENT || this == UNINDENT;
    }
  }

  private final Columns columns = new Columns();
  private final List<Space> pending = new ArrayList<>();
  private final CommentQueue comments;
  private boolean started;
  private boolean atLineStart = true;
  private int indentation;

  /// Where the next token stands in the source, as far as is known.
  private int offset;

  private int line = 1;

  /// The source line on which what was written last ended.
  private int lastLine;

  Layout(List<Comment> comments) {
    this.comments = new CommentQueue(comments);
  }

  /// Says where the next token stands.
  Layout at(Position position) {
    offset = position.offset();
    line = position.line();
    return this;
  }

  Layout blank() {
    return hold(Space.BLANK);
  }

  /// Ends a cell, so that what follows is aligned with the lines around.
  Layout align() {
    return hold(Space.CELL_END);
  }

  Layout newline() {
    return hold(Space.LINE_END);
  }

  /// Ends the line and every alignment.
  Layout breakRun() {
    return hold(Space.BREAK);
  }

  Layout indent() {
    return hold(Space.INDENT);
  }

  Layout unindent() {
    return hold(Space.UNINDENT);
  }

  /// Writes a token; only a literal may go over several lines.
  Layout token(String text) {
    int tokenOffset = offset;
    int tokenLine = line;
    writeBefore(tokenOffset, tokenLine);
    startText();
    columns.literal(text);
    offset = tokenOffset + text.getBytes(StandardCharsets.UTF_8).length;
    line = tokenLine + newlines(text);
    lastLine = line;
    return this;
  }

  /// Writes the comments that are left and returns all text, without a newline at its end.
  String finish() {
    while (comments.startsBefore(END_OF_FILE)) {
      writeGroup(END_OF_FILE);
    }
    return columns.toString();
  }

  private Layout hold(Space space) {
    pending.add(space);
    return this;
  }

  private void writeBefore(int tokenOffset, int tokenLine) {
    if (!comments.startsBefore(tokenOffset)) {
      release(pending.size());
      return;
    }
    Comment last = null;
    while (comments.startsBefore(tokenOffset)) {
      last = writeGroup(tokenLine);
    }
    if (last != null) {
      separateFrom(last, tokenLine);
    }
  }

  private Comment writeGroup(int nextLine) {
    List<Comment> group = comments.take();
    for (Comment comment : group) {
      separate(comment, nextLine);
      startText();
      columns.text(comment.text());
      lastLine = comment.span().start().line() + newlines(comment.text());
    }
    return group.getLast();
  }

  /// Writes what stands between the last token and a comment.
  private void separate(Comment comment, int nextLine) {
    int start = comment.span().start().line();
    if (!started) {
      return;
    }
    if (start != lastLine) {
      releaseLeadingIndentation();
      breakLines(Math.min(start - lastLine, MAX_NEWLINES));
      return;
    }
    startText();
    if (start == nextLine) {
      columns.blank();
    } else {
      columns.tab();
    }
  }

  /// Lets the comment have the indentation of what was to come before it.
  private void releaseLeadingIndentation() {
    int count = 0;
    while (count < pending.size() && pending.get(count).isIndentation()) {
      count++;
    }
    if (count < pending.size()) {
      pending.set(count, Space.NONE);
      release(count);
    }
  }

  /// Writes what stands between a comment and the next token, instead of the pending whitespace.
  private void separateFrom(Comment last, int tokenLine) {
    boolean block = last.text().startsWith("/*");
    if (block && tokenLine == last.span().end().line()) {
      startText();
      columns.blank();
    }
    boolean breaks = pending.contains(Space.BREAK);
    pending.removeIf(space -> !space.isIndentation());
    release(pending.size());
    int newlines = Math.min(tokenLine - lastLine, MAX_NEWLINES);
    if (!block) {
      // Nothing may follow on the line, wherever the next token stood.
      newlines = Math.max(newlines, 1);
    }
    if (breaks) {
      breakLines(newlines);
    } else {
      endLines(newlines);
    }
  }

  private void release(int count) {
    for (Space space : pending.subList(0, count)) {
      write(space);
    }
    pending.subList(0, count).clear();
  }

  private void write(Space space) {
    switch (space) {
      case NONE -> {}
      case INDENT -> indentation++;
      case UNINDENT -> indentation--;
      case LINE_END -> endLines(1);
      case BREAK -> breakLines(1);
      case BLANK -> {
        startText();
        columns.blank();
      }
      case CELL_END -> {
        startText();
        columns.endCell();
      }
    }
  }

  private void endLines(int count) {
    if (count > 0) {
      startText();
      for (int i = 0; i < count; i++) {
        columns.endLine();
      }
      atLineStart = true;
    }
  }

  private void breakLines(int count) {
    if (count > 0) {
      startText();
      for (int i = 0; i < count; i++) {
        columns.breakLine();
      }
      atLineStart = true;
    }
  }

  private void startText() {
    started = true;
    if (atLineStart) {
      atLineStart = false;
      for (int i = 0; i < indentation; i++) {
        columns.tab();
      }
    }
  }

  private static int newlines(String text) {
    return (int) text.chars().filter(c -> c == '\n').count();
  }
}
