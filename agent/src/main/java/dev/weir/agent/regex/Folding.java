package dev.weir.agent.regex;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which characters differ in letter case only.
final class Folding {
  private static final int LAST_CASED = 0x1ffff;
  private static final int DOTTED_CAPITAL_I = 0x130;
  private static final int DOTLESS_SMALL_I = 0x131;

  /// Made when the first expression asks for it, which few do.
  private static final List<int[]> ORBITS = orbits();

  /// How the executing engine must ignore the case of a character to do as Go does.
  enum Rule {
    /// Not at all.
    NONE,
    /// By its ASCII rule only: its other one mixes `i` up with the Turkish letters.
    ASCII,
    /// By its Unicode rule only.
    UNICODE,
    /// The two are the same.
    EITHER;

    /// The rule that is right where both are asked for; null when there is none.
    @Nullable Rule and(Rule other) {
      if (this == other || other == EITHER) {
        return this;
      }
      return this == EITHER && other != NONE ? other : null;
    }
  }

  private Folding() {}

  static Rule ruleOf(int c) {
    return switch (c) {
      case 'i', 'I' -> Rule.ASCII;
      case 'k', 'K', 's', 'S' -> Rule.UNICODE;
      case DOTTED_CAPITAL_I, DOTLESS_SMALL_I -> Rule.NONE;
      default -> c < 0x80 ? Rule.EITHER : Rule.UNICODE;
    };
  }

  /// Every set of at least two characters that are equal but for case.
  static List<int[]> all() {
    return ORBITS;
  }

  private static List<int[]> orbits() {
    Map<Integer, List<Integer>> byKey = new HashMap<>();
    for (int c = 0; c <= LAST_CASED; c++) {
      int key = key(c);
      if (key != c) {
        byKey.computeIfAbsent(key, k -> new ArrayList<>(List.of(k))).add(c);
      }
    }
    return byKey.values().stream()
        .map(members -> members.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }

  private static int key(int c) {
    // Go folds by Unicode's simple rules, which leave the two Turkish letters alone.
    return c == DOTTED_CAPITAL_I || c == DOTLESS_SMALL_I
        ? c
        : Character.toLowerCase(Character.toUpperCase(c));
  }
}
