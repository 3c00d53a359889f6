package dev.weir.agent.river;

import java.util.ArrayList;
import java.util.List;

/// A file's comments in groups, to be taken one after the other.
///
/// A group is what nothing but blanks and at most one line end separates; it is printed as one.
final class CommentQueue {
  private final List<Comment> comments;
  private int next;

  CommentQueue(List<Comment> comments) {
    this.comments = comments;
  }

  /// Whether there is a group and it starts at or before an offset.
  boolean startsBefore(int offset) {
    return next < comments.size() && comments.get(next).span().start().offset() <= offset;
  }

  /// Takes the next group, of at least one comment.
  List<Comment> take() {
    List<Comment> group = new ArrayList<>();
    do {
      group.add(comments.get(next++));
    } while (next < comments.size() && follows(group.getLast(), comments.get(next)));
    return group;
  }

  private static boolean follows(Comment one, Comment other) {
    Position end = one.span().end();
    Position start = other.span().start();
    return start.line() <= end.line() + 1
        && one.span().file().text(end.offset() + 1, start.offset()).isBlank();
  }
}
