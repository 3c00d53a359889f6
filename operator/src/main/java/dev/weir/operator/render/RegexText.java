package dev.weir.operator.render;

import dev.weir.agent.regex.GoRegex;
import dev.weir.agent.regex.GoRegexException;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Writes regular expressions. Literals match themselves alone; an expression of a user is only
/// used when it is one by itself, so that it cannot end the group it is put into.
final class RegexText {
  private static final int PREFIX = 10;

  private RegexText() {}

  /// Matches one of the texts.
  static String anyOf(Collection<String> texts) {
    return texts.stream().map(GoRegex::quote).collect(Collectors.joining("|", "(?:", ")"));
  }

  /// The whole expression as one group.
  ///
  /// @throws GoRegexException when it is none by itself
  static String group(String expression) {
    GoRegex.compile(expression);
    return "(" + expression + ")";
  }

  /// Matches a text that begins with no blank and with none of the prefixes. Of these only the
  /// first characters count, which keeps the expression short.
  static String notBeginning(List<String> prefixes) {
    var root = new Branch();
    prefixes.forEach(prefix -> root.add(prefix.substring(0, Math.min(prefix.length(), PREFIX))));
    return "^(?:" + root.complement("\\s") + ")";
  }

  /// What may follow.
  private static final class Branch {
    private final TreeMap<Character, Branch> next = new TreeMap<>();
    private boolean ends;

    void add(String rest) {
      if (rest.isEmpty()) {
        ends = true;
      } else {
        next.computeIfAbsent(rest.charAt(0), _ -> new Branch()).add(rest.substring(1));
      }
    }

    /// @param besides a class that the next character is not of either
    String complement(String besides) {
      String leave = "[^" + characters() + besides + "]";
      String stay =
          next.entrySet().stream()
              .filter(one -> !one.getValue().ends)
              .map(one -> GoRegex.quote(one.getKey().toString()) + one.getValue().rest())
              .collect(Collectors.joining("|"));
      return stay.isEmpty() ? leave : leave + "|" + stay;
    }

    private String rest() {
      return "(?:$|" + complement("") + ")";
    }

    private String characters() {
      return next.keySet().stream()
          .map(c -> (c == '-' || c == ']' || c == '^' || c == '\\' || c == '[' ? "\\" : "") + c)
          .collect(Collectors.joining());
    }
  }
}
