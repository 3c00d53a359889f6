package dev.weir.agent.river;

/// Reads a file's bytes as characters and reports those that no River file may hold, each once.
final class Source {
  /// What stands behind the last character.
  static final int END = -1;

  private static final int BYTE_ORDER_MARK = 0xFEFF;
  private static final int REPLACEMENT = 0xFFFD;

  private final SourceFile file;
  private final byte[] bytes;
  private final Problems problems;
  private int current;
  private int offset;
  private int next;
  private boolean valid;

  Source(SourceFile file, Problems problems) {
    this.file = file;
    this.bytes = file.bytes();
    this.problems = problems;
    advance();
    if (current == BYTE_ORDER_MARK) {
      advance();
    }
  }

  /// The character at the current place, or [#END].
  int current() {
    return current;
  }

  /// Where the current character starts, in bytes.
  int offset() {
    return offset;
  }

  /// Whether the current character may stand in a file; if not, that has been reported.
  boolean valid() {
    return valid;
  }

  /// The byte after the current character, 0 at the end.
  int peek() {
    return next < bytes.length ? bytes[next] & 0xFF : 0;
  }

  byte[] bytes() {
    return bytes;
  }

  String text(int from, int to) {
    return file.text(from, to);
  }

  void advance() {
    offset = next;
    if (offset >= bytes.length) {
      current = END;
      valid = true;
      return;
    }
    int first = bytes[offset];
    valid = true;
    if (first > 0) {
      current = first;
      next = offset + 1;
    } else if (first == 0) {
      current = 0;
      next = offset + 1;
      invalid("illegal character NUL");
    } else {
      advanceMultiByte();
    }
  }

  private void advanceMultiByte() {
    int length = Utf8.sequenceLength(bytes, offset);
    if (length == 0) {
      current = REPLACEMENT;
      next = offset + 1;
      invalid("illegal UTF-8 encoding");
      return;
    }
    current = Utf8.codePoint(bytes, offset, length);
    next = offset + length;
    if (current == BYTE_ORDER_MARK && offset > 0) {
      invalid("illegal byte order mark");
    }
  }

  private void invalid(String message) {
    valid = false;
    problems.report(offset, message);
  }
}
