package dev.weir.agent.logging;

/// Cuts text that others may have written, so that nobody fills the disk through our log.
final class Bounded {
  /// Bytes of UTF-8 that a value keeps.
  static final int VALUE_BYTES = 512;

  /// Bytes of UTF-8 that a message or a stack trace keeps.
  static final int TEXT_BYTES = 8192;

  private static final String CUT = "...(cut)";

  private Bounded() {}

  /// The text, or its longest start of at most `limit` bytes and a mark.
  static String cut(String text, int limit) {
    if (text.length() * 3L <= limit) {
      return text;
    }
    int end = within(text, limit);
    return end == text.length() ? text : text.substring(0, end) + CUT;
  }

  private static int within(String text, int limit) {
    int bytes = 0;
    int at = 0;
    while (at < text.length()) {
      int code = text.codePointAt(at);
      bytes += utf8Length(code);
      if (bytes > limit) {
        return at;
      }
      at += Character.charCount(code);
    }
    return at;
  }

  private static int utf8Length(int code) {
    if (code < 0x80) {
      return 1;
    }
    if (code < 0x800) {
      return 2;
    }
    return code < 0x10000 ? 3 : 4;
  }
}
