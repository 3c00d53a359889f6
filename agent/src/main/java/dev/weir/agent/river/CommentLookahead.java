package dev.weir.agent.river;

/// Looks past comments, on the bytes of a file: what it looks for is ASCII, and no byte of a longer
/// character is.
final class CommentLookahead {
  private CommentLookahead() {}

  /// Whether the comments that start at an offset hold a line's end, or only they and blanks stand
  /// between there and the line's end.
  static boolean reachesLineEnd(byte[] bytes, int start) {
    int at = start;
    while (at + 1 < bytes.length && bytes[at] == '/') {
      if (bytes[at + 1] == '/') {
        return true;
      }
      if (bytes[at + 1] != '*') {
        return false;
      }
      int end = blockCommentEnd(bytes, at);
      if (hasLineEnd(bytes, at, end)) {
        return true;
      }
      at = skipBlanks(bytes, end);
    }
    return at >= bytes.length || bytes[at] == '\n' || bytes[at] == '#';
  }

  /// The offset of the first byte from an offset on that is neither blank nor in a block comment.
  static int skip(byte[] bytes, int from) {
    int at = skipBlanks(bytes, from);
    while (at + 1 < bytes.length && bytes[at] == '/' && bytes[at + 1] == '*') {
      at = skipBlanks(bytes, blockCommentEnd(bytes, at));
    }
    return at;
  }

  private static int blockCommentEnd(byte[] bytes, int start) {
    for (int at = start + 2; at + 1 < bytes.length; at++) {
      if (bytes[at] == '*' && bytes[at + 1] == '/') {
        return at + 2;
      }
    }
    return bytes.length;
  }

  private static boolean hasLineEnd(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      if (bytes[at] == '\n') {
        return true;
      }
    }
    return false;
  }

  private static int skipBlanks(byte[] bytes, int from) {
    int at = from;
    while (at < bytes.length && isBlank(bytes[at])) {
      at++;
    }
    return at;
  }

  private static boolean isBlank(byte value) {
    return value == ' ' || value == '\t' || value == '\r';
  }
}
