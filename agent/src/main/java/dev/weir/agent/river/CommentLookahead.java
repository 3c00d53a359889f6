package dev.weir.agent.river;

/// Looks past comments for the end of the line.
///
/// Works on bytes: what it looks for is ASCII, and bytes of longer characters are not.
final class CommentLookahead {
  private final Source source;

  CommentLookahead(Source source) {
    this.source = source;
  }

  /// Whether the comments that start at an offset hold a line's end, or only they and blanks stand
  /// between there and the line's end.
  boolean reachesLineEnd(int start) {
    int at = start;
    while (source.byteAt(at) == '/') {
      int second = source.byteAt(at + 1);
      if (second == '/') {
        return true;
      }
      if (second != '*') {
        return false;
      }
      at = blockCommentEnd(at + 2);
      if (at < 0) {
        return true;
      }
      at = skipBlanks(at);
      if (at >= source.length() || source.byteAt(at) == '\n') {
        return true;
      }
    }
    return false;
  }

  /// The offset after the comment, -1 when a line ends in it.
  private int blockCommentEnd(int from) {
    for (int at = from; at < source.length(); at++) {
      int value = source.byteAt(at);
      if (value == '\n') {
        return -1;
      }
      if (value == '*' && source.byteAt(at + 1) == '/') {
        return at + 2;
      }
    }
    return source.length();
  }

  private int skipBlanks(int from) {
    int at = from;
    while (at < source.length() && isBlank(source.byteAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isBlank(int value) {
    return value == ' ' || value == '\t' || value == '\r';
  }
}
