package dev.weir.agent.regex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// A set of characters: ranges, Unicode properties, and whether all of that is negated.
///
/// Not thread-safe while it is being filled.
final class CharSet {
  static final int LAST = 0x10ffff;

  private final List<int[]> ranges = new ArrayList<>();
  private final List<Property> properties = new ArrayList<>();
  private boolean negated;
  private boolean foldedProperties;

  /// A category has one or two letters, a script more, but for one.
  private record Property(String name, boolean not) {
    void append(StringBuilder out, Syntax.Dialect dialect) {
      boolean script = name.length() > 2 || name.equals("Yi");
      out.append(not ? "\\P{" : "\\p{");
      out.append(script && dialect == Syntax.Dialect.JAVA ? "Is" : "").append(name).append('}');
    }
  }

  static CharSet of(int... bounds) {
    var set = new CharSet();
    for (int i = 0; i < bounds.length; i += 2) {
      set.add(bounds[i], bounds[i + 1]);
    }
    return set;
  }

  void add(int low, int high) {
    ranges.add(new int[] {low, high});
  }

  /// Adds everything outside some ascending bounds.
  void addOutside(int... bounds) {
    int next = 0;
    for (int i = 0; i < bounds.length; i += 2) {
      if (bounds[i] > next) {
        add(next, bounds[i] - 1);
      }
      next = bounds[i + 1] + 1;
    }
    if (next <= LAST) {
      add(next, LAST);
    }
  }

  /// Adds a Unicode category or script: `L`, `Greek`.
  void addProperty(String name, boolean not, boolean fold) {
    properties.add(new Property(name, not));
    foldedProperties |= fold;
  }

  void negate() {
    negated = true;
  }

  /// Whether letter case was to be ignored in a property, which only an engine with the tables can
  /// do.
  boolean foldsProperties() {
    return foldedProperties;
  }

  /// This set; when asked, with what differs from its ranges in case only.
  CharSet foldedIf(boolean fold) {
    if (fold) {
      var members = new BitSet();
      ranges.forEach(range -> members.set(range[0], range[1] + 1));
      for (int[] orbit : Folding.all()) {
        if (Arrays.stream(orbit).anyMatch(members::get)) {
          Arrays.stream(orbit).forEach(c -> add(c, c));
        }
      }
    }
    return this;
  }

  void addTo(CharSet other) {
    other.ranges.addAll(ranges);
  }

  /// Low and high of each range, ascending.
  int[] bounds() {
    return bounds(merged());
  }

  private static int[] bounds(List<int[]> sorted) {
    return sorted.stream().flatMapToInt(Arrays::stream).toArray();
  }

  /// Appends the set as a class.
  void append(StringBuilder out, Syntax.Dialect dialect) {
    List<int[]> sorted = merged();
    boolean negate = negated;
    if (properties.isEmpty() && reachesLast(sorted)) {
      // Short negated classes are what the executing engine knows to be fast.
      sorted = complement(sorted);
      negate = !negate;
    }
    if (sorted.isEmpty() && properties.isEmpty()) {
      out.append(negate ? "(?s:.)" : "[^\\x{0}-\\x{10ffff}]");
      return;
    }
    out.append(negate ? "[^" : "[");
    sorted.forEach(range -> appendRange(out, range));
    properties.forEach(property -> property.append(out, dialect));
    out.append(']');
  }

  private static boolean reachesLast(List<int[]> sorted) {
    return !sorted.isEmpty() && sorted.getLast()[1] == LAST;
  }

  private static void appendRange(StringBuilder out, int[] range) {
    Syntax.appendHex(out, range[0]);
    if (range[1] > range[0]) {
      Syntax.appendHex(out.append('-'), range[1]);
    }
  }

  private static List<int[]> complement(List<int[]> sorted) {
    var outside = new CharSet();
    outside.addOutside(bounds(sorted));
    return outside.ranges;
  }

  private List<int[]> merged() {
    List<int[]> sorted = new ArrayList<>(ranges);
    sorted.sort((a, b) -> Integer.compare(a[0], b[0]));
    List<int[]> result = new ArrayList<>();
    for (int[] range : sorted) {
      if (!result.isEmpty() && range[0] <= result.getLast()[1] + 1) {
        result.getLast()[1] = Math.max(result.getLast()[1], range[1]);
      } else {
        result.add(range.clone());
      }
    }
    return result;
  }
}
