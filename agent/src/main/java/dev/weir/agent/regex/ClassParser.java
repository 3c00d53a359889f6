package dev.weir.agent.regex;

import java.util.Map;

/// Reads what stands in brackets.
final class ClassParser {
  private static final Map<String, int[]> POSIX =
      Map.ofEntries(
          Map.entry("alnum", new int[] {'0', '9', 'A', 'Z', 'a', 'z'}),
          Map.entry("alpha", new int[] {'A', 'Z', 'a', 'z'}),
          Map.entry("ascii", new int[] {0, 0x7f}),
          Map.entry("blank", new int[] {'\t', '\t', ' ', ' '}),
          Map.entry("cntrl", new int[] {0, 0x1f, 0x7f, 0x7f}),
          Map.entry("digit", new int[] {'0', '9'}),
          Map.entry("graph", new int[] {'!', '~'}),
          Map.entry("lower", new int[] {'a', 'z'}),
          Map.entry("print", new int[] {' ', '~'}),
          Map.entry("punct", new int[] {'!', '/', ':', '@', '[', '`', '{', '~'}),
          Map.entry("space", new int[] {'\t', '\r', ' ', ' '}),
          Map.entry("upper", new int[] {'A', 'Z'}),
          Map.entry("word", new int[] {'0', '9', 'A', 'Z', '_', '_', 'a', 'z'}),
          Map.entry("xdigit", new int[] {'0', '9', 'A', 'F', 'a', 'f'}));

  private final Cursor in;
  private final boolean fold;
  private final CharSet set = new CharSet();

  ClassParser(Cursor in, boolean fold) {
    this.in = in;
    this.fold = fold;
  }

  /// Reads to the closing bracket; the opening one at `start` has been read.
  CharSet parse(int start) {
    boolean negated = in.accept('^');
    boolean first = true;
    while (first || in.atEnd() || in.peek() != ']') {
      if (in.atEnd()) {
        throw new GoRegexException("missing closing ]", in.text().substring(start));
      }
      if (!posix() && !escapedClass()) {
        range(start);
      }
      first = false;
    }
    in.next();
    if (negated) {
      set.negate();
    }
    return set;
  }

  private boolean posix() {
    int end = in.startsWith("[:") ? in.text().indexOf(":]", in.at() + 2) : -1;
    if (end < 0) {
      return false;
    }
    int start = in.at();
    String name = in.text().substring(start + 2, end);
    boolean negated = name.startsWith("^");
    int[] bounds = POSIX.get(negated ? name.substring(1) : name);
    in.to(end + 2);
    if (bounds == null) {
      throw new GoRegexException("invalid character class range", in.from(start));
    }
    CharSet chars = CharSet.of(bounds).foldedIf(fold);
    if (negated) {
      set.addOutside(chars.bounds());
    } else {
      chars.addTo(set);
    }
    return true;
  }

  private boolean escapedClass() {
    int start = in.at();
    if (!in.accept('\\')) {
      return false;
    }
    if (Escapes.addClass(in, start, fold, set)) {
      return true;
    }
    in.to(start);
    return false;
  }

  private void range(int classStart) {
    int start = in.at();
    int low = character(classStart);
    int high = low;
    if (in.startsWith("-") && !in.startsWith("-]") && in.at() + 1 < in.text().length()) {
      in.next();
      high = character(classStart);
      if (high < low) {
        throw new GoRegexException("invalid character class range", in.from(start));
      }
    }
    CharSet.of(low, high).foldedIf(fold).addTo(set);
  }

  private int character(int classStart) {
    if (in.atEnd()) {
      throw new GoRegexException("missing closing ]", in.text().substring(classStart));
    }
    int start = in.at();
    return in.accept('\\') ? Escapes.character(in, start) : in.next();
  }
}
