package dev.weir.agent.river.eval;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds the name that somebody meant who wrote another.
///
/// What both have in common up to a dot, and from a dot on, does not count. The rest, at least four
/// characters long, may differ by one change of a character, or by two when it is eight long:
/// added, left out, replaced, or swapped with its neighbour.
public final class Closest {
  private static final int SHORTEST = 4;
  private static final int LONG = 8;

  private Closest() {}

  /// The closest of some names, empty when none is close.
  public static Optional<String> to(String name, Collection<String> known) {
    return known.stream()
        .filter(candidate -> !candidate.equals(name) && distance(name, candidate) >= 0)
        .min(
            Comparator.<String>comparingInt(candidate -> distance(name, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /// What a message about an unknown name ends with: `; did you mean "url"?` or nothing.
  public static String hint(String name, Collection<String> known) {
    return to(name, known)
        .map(candidate -> "; did you mean " + Refusals.quote(candidate) + "?")
        .orElse("");
  }

  /// How many changes apart two names are, -1 when that is too many.
  private static int distance(String name, String candidate) {
    int start = commonStart(name, candidate);
    int end = commonEnd(name.substring(start), candidate.substring(start));
    String left = name.substring(start, name.length() - end);
    String right = candidate.substring(start, candidate.length() - end);
    int allowed = left.length() < SHORTEST ? 0 : left.length() < LONG ? 1 : 2;
    if (Math.abs(left.length() - right.length()) > allowed) {
      return -1;
    }
    int distance = changes(left, right);
    return distance > allowed ? -1 : distance;
  }

  /// The length of the parts at the start that are equal, with their dots.
  private static int commonStart(String name, String candidate) {
    int common = 0;
    int shorter = Math.min(name.length(), candidate.length());
    for (int i = 0; i < shorter && name.charAt(i) == candidate.charAt(i); i++) {
      if (name.charAt(i) == '.') {
        common = i + 1;
      }
    }
    return common;
  }

  /// The length of the parts at the end that are equal, with their dots.
  private static int commonEnd(String name, String candidate) {
    return commonStart(
        new StringBuilder(name).reverse().toString(),
        new StringBuilder(candidate).reverse().toString());
  }

  /// The distance of Damerau and Levenshtein, without overlapping swaps.
  private static int changes(String left, String right) {
    int[][] table = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      for (int j = 0; j <= right.length(); j++) {
        table[i][j] = i == 0 || j == 0 ? i + j : cell(table, left, right, i, j);
      }
    }
    return table[left.length()][right.length()];
  }

  private static int cell(int[][] table, String left, String right, int i, int j) {
    boolean same = left.charAt(i - 1) == right.charAt(j - 1);
    int best =
        Math.min(
            Math.min(table[i - 1][j], table[i][j - 1]) + 1, table[i - 1][j - 1] + (same ? 0 : 1));
    boolean swapped =
        i > 1
            && j > 1
            && left.charAt(i - 1) == right.charAt(j - 2)
            && left.charAt(i - 2) == right.charAt(j - 1);
    return swapped ? Math.min(best, table[i - 2][j - 2] + 1) : best;
  }
}
