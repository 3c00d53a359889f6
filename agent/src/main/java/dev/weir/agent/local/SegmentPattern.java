package dev.weir.agent.local;

/// A pattern for one name in a path: `*` and `?` for any characters, `[a-z]` and `[^a-z]` for one,
/// a backslash before what is meant as it is. Takes time in proportion to both lengths at most.
public record SegmentPattern(String pattern) {
  /// Whether it matches one name only: itself.
  boolean isLiteral() {
    return pattern.chars().noneMatch(c -> "*?[\\".indexOf(c) >= 0);
  }

  /// Whether a whole name fits.
  public boolean matches(String name) {
    int at = 0;
    int i = 0;
    int star = -1;
    int starName = 0;
    while (i < name.length()) {
      int next = at < pattern.length() && pattern.charAt(at) != '*' ? one(at, name.charAt(i)) : -1;
      if (next >= 0) {
        at = next;
        i++;
      } else if (at < pattern.length() && pattern.charAt(at) == '*') {
        star = at++;
        starName = i;
      } else if (star >= 0) {
        // The last star takes one more.
        at = star + 1;
        i = ++starName;
      } else {
        return false;
      }
    }
    while (at < pattern.length() && pattern.charAt(at) == '*') {
      at++;
    }
    return at == pattern.length();
  }

  /// Behind the part of the pattern at that index, if that matches the character; else -1.
  private int one(int at, char c) {
    return switch (pattern.charAt(at)) {
      case '?' -> at + 1;
      case '[' -> oneOf(at, c);
      case '\\' -> at + 1 < pattern.length() && pattern.charAt(at + 1) == c ? at + 2 : -1;
      default -> pattern.charAt(at) == c ? at + 1 : -1;
    };
  }

  private int oneOf(int open, char c) {
    int at = open + 1;
    boolean negated = at < pattern.length() && "^!".indexOf(pattern.charAt(at)) >= 0;
    if (negated) {
      at++;
    }
    boolean found = false;
    int first = at;
    while (at < pattern.length() && (pattern.charAt(at) != ']' || at == first)) {
      if (pattern.charAt(at) == '\\' && at + 1 < pattern.length()) {
        at++;
      }
      char low = pattern.charAt(at++);
      char high = low;
      if (at + 1 < pattern.length() && pattern.charAt(at) == '-' && pattern.charAt(at + 1) != ']') {
        high = pattern.charAt(at + 1);
        at += 2;
      }
      found |= c >= low && c <= high;
    }
    return at < pattern.length() && found != negated ? at + 1 : -1;
  }
}
