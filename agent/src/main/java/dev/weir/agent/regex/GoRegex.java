package dev.weir.agent.regex;

import dev.weir.agent.river.eval.FromText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A regular expression with Go's syntax and meaning (RE2), and linear running time.
///
/// Equality is by text. Thread-safe.
public final class GoRegex {
  private final String text;
  private final List<String> groupNames;
  private final Node node;
  private final @Nullable Engine fast;
  private final boolean fastForSingleLines;
  private volatile @Nullable Engine faithful;

  private GoRegex(String text, Parser.Parsed parsed) {
    this.text = text;
    this.groupNames = parsed.groupNames();
    this.node = parsed.node();
    Syntax.Translation java = Syntax.write(node, Syntax.Dialect.JAVA);
    this.fast = java.faithful() ? new SafeReEngine(java.text(), groupCount()) : null;
    this.fastForSingleLines = java.singleLine();
  }

  /// Reads an expression.
  ///
  /// @throws GoRegexException with Go's message when it is not one
  @FromText
  public static GoRegex compile(String expression) {
    return new GoRegex(expression, Parser.parse(expression));
  }

  /// An expression that must match all of the text, and whose dot matches newlines too: what
  /// relabelling rules and label matchers use.
  ///
  /// @throws GoRegexException when `expression` by itself is not one
  public static GoRegex compileAnchored(String expression) {
    Parser.parse(expression);
    return compile("^(?s:" + expression + ")$");
  }

  /// What matches exactly `literal`, for use in an expression.
  public static String quote(String literal) {
    var out = new StringBuilder(literal.length() + 8);
    for (int i = 0; i < literal.length(); i++) {
      char c = literal.charAt(i);
      if ("\\.+*?()|[]{}^$".indexOf(c) >= 0) {
        out.append('\\');
      }
      out.append(c);
    }
    return out.toString();
  }

  /// The expression as written.
  public String text() {
    return text;
  }

  /// Capturing groups, without the whole match.
  public int groupCount() {
    return groupNames.size() - 1;
  }

  /// Names by group number; `""` for a group without one, and at 0.
  public List<String> groupNames() {
    return groupNames;
  }

  /// Whether it matches anywhere in the text.
  public boolean find(String input) {
    return engine(input).find(input);
  }

  /// Whether it matches anywhere in the bytes, which are read as UTF-8.
  public boolean find(byte[] buffer, int offset, int length) {
    return find(buffer, offset, length, new int[2]);
  }

  /// Finds the first match in bytes read as UTF-8 and puts start and end of the whole match and of
  /// the first groups into `spans`, as far as it reaches: indexes into `buffer`, -1 for a group
  /// that took no part.
  public boolean find(byte[] buffer, int offset, int length, int[] spans) {
    return engine(buffer, offset, length).find(buffer, offset, length, spans);
  }

  /// The first match, or null.
  public @Nullable GoMatch match(String input) {
    return match(input, 0);
  }

  private @Nullable GoMatch match(String input, int from) {
    int[] spans = engine(input).find(input, from);
    return spans == null ? null : new GoMatch(this, input, spans);
  }

  /// Every match, one after the other. As in Go, an empty match right behind another one does not
  /// count.
  public List<GoMatch> matches(String input) {
    List<GoMatch> matches = new ArrayList<>();
    int lastEnd = -1;
    int searched = 0;
    while (searched <= input.length()) {
      GoMatch match = match(input, searched);
      if (match == null) {
        break;
      }
      boolean empty = match.end(0) == match.start(0);
      if (!empty || match.start(0) != lastEnd) {
        matches.add(match);
      }
      lastEnd = match.end(0);
      searched = empty ? lastEnd + widthAt(input, lastEnd) : lastEnd;
    }
    return matches;
  }

  /// Replaces every match by a template as in [GoMatch#expand].
  public String replaceAll(String input, String template) {
    return replaceAll(input, match -> match.expand(template));
  }

  /// Replaces every match. As in Go, an empty match right behind another one does not count.
  public String replaceAll(String input, Replacement replacement) {
    var out = new StringBuilder(input.length());
    int copied = 0;
    int searched = 0;
    while (searched <= input.length()) {
      GoMatch match = match(input, searched);
      if (match == null) {
        break;
      }
      out.append(input, copied, match.start(0));
      if (match.end(0) > copied || match.start(0) == 0) {
        out.append(replacement.of(match));
      }
      copied = match.end(0);
      searched = Math.max(copied, searched + widthAt(input, searched));
    }
    return out.append(input, copied, input.length()).toString();
  }

  /// Makes the text that a match is replaced by.
  @FunctionalInterface
  public interface Replacement {
    String of(GoMatch match);
  }

  private static int widthAt(String input, int index) {
    return index < input.length() ? Character.charCount(input.codePointAt(index)) : 1;
  }

  private Engine engine(String input) {
    Engine engine = fast;
    return engine != null && (!fastForSingleLines || input.indexOf('\n') < 0) ? engine : faithful();
  }

  private Engine engine(byte[] buffer, int offset, int length) {
    Engine engine = fast;
    return engine != null
            && Utf8.isValid(buffer, offset, length)
            && (!fastForSingleLines || isSingleLine(buffer, offset, length))
        ? engine
        : faithful();
  }

  private static boolean isSingleLine(byte[] buffer, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (buffer[i] == '\n') {
        return false;
      }
    }
    return true;
  }

  /// Made when first needed; two threads may both make one, which does no harm.
  private Engine faithful() {
    Engine engine = faithful;
    if (engine == null) {
      engine = new Re2jEngine(Syntax.write(node, Syntax.Dialect.GO).text());
      faithful = engine;
    }
    return engine;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof GoRegex regex && text.equals(regex.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
