package dev.weir.agent.regex;

/// A place in the text of an expression.
final class Cursor {
  /// What [#number] gives when there is none.
  static final int NO_NUMBER = -2;

  private static final int TOO_LARGE = 100_000_000;

  private final String text;
  private int at;

  Cursor(String text) {
    this(text, 0);
  }

  Cursor(String text, int at) {
    this.text = text;
    this.at = at;
  }

  String text() {
    return text;
  }

  int at() {
    return at;
  }

  void to(int index) {
    at = index;
  }

  boolean atEnd() {
    return at >= text.length();
  }

  int peek() {
    return text.codePointAt(at);
  }

  /// The code point here; goes past it.
  int next() {
    int c = text.codePointAt(at);
    at += Character.charCount(c);
    return c;
  }

  /// Goes past the character if it is the next.
  boolean accept(char expected) {
    if (atEnd() || text.charAt(at) != expected) {
      return false;
    }
    at++;
    return true;
  }

  boolean startsWith(String prefix) {
    return text.startsWith(prefix, at);
  }

  /// What has been read since `start`.
  String from(int start) {
    return text.substring(start, at);
  }

  /// Reads a decimal number without leading zeros; a huge one is cut to one that is too large.
  int number() {
    int start = at;
    long value = 0;
    while (!atEnd() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      value = Math.min(TOO_LARGE, value * 10 + text.charAt(at) - '0');
      at++;
    }
    boolean none = at == start || (text.charAt(start) == '0' && at > start + 1);
    return none ? NO_NUMBER : (int) value;
  }
}
