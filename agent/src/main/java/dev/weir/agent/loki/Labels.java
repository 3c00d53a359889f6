package dev.weir.agent.loki;

import dev.weir.agent.go.GoQuote;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// An immutable set of labels, sorted by name, with its text as Loki wants it already encoded.
///
/// Changes return another set. The results of [#with] and [#without] are remembered, up to a limit
/// per set, so that a pipeline that makes the same change to every entry allocates nothing.
/// Equality is by content; equal sets from the same chain of changes are usually the same object.
///
/// Thread-safe.
public final class Labels {
  /// No labels.
  public static final Labels EMPTY = new Labels(new String[0]);

  /// Remembered results per set, a power of two. A new one takes the place of an old one with the
  /// same slot, so that changes with ever new values cannot fill the heap.
  private static final int REMEMBERED = 16;

  private final String[] pairs;
  private final int hash;
  // Racy on purpose: the array and its elements are published without a lock. A thread sees a whole
  // Change, whose fields are final, or none and computes it again.
  private @Nullable Change @Nullable [] remembered;
  private @Nullable Change last;
  private byte @Nullable [] text;

  private record Change(String name, @Nullable String value, Labels result) {
    @SuppressWarnings("ReferenceEquality") // Only to save comparing texts.
    boolean isSame(String otherName, @Nullable String otherValue) {
      return name == otherName && value == otherValue;
    }

    boolean is(String otherName, @Nullable String otherValue) {
      return name.equals(otherName)
          && (value == null ? otherValue == null : value.equals(otherValue));
    }
  }

  private Labels(String[] pairs) {
    this.pairs = pairs;
    this.hash = Arrays.hashCode(pairs);
  }

  /// The labels of a map; empty values are left out, as Loki does.
  public static Labels of(Map<String, String> map) {
    return ofSorted(new TreeMap<>(map));
  }

  /// Name, value, name, value...
  public static Labels of(String... pairs) {
    var sorted = new TreeMap<String, String>();
    for (int i = 0; i < pairs.length; i += 2) {
      sorted.put(pairs[i], pairs[i + 1]);
    }
    return ofSorted(sorted);
  }

  private static Labels ofSorted(Map<String, String> sorted) {
    List<String> kept = new ArrayList<>(sorted.size() * 2);
    sorted.forEach((name, value) -> {
      if (!value.isEmpty()) {
        kept.add(name);
        kept.add(value);
      }
    });
    return kept.isEmpty() ? EMPTY : new Labels(kept.toArray(String[]::new));
  }

  /// How many labels there are.
  public int size() {
    return pairs.length / 2;
  }

  public boolean isEmpty() {
    return pairs.length == 0;
  }

  /// The name at a place, 0-based, in order of names.
  public String name(int index) {
    return pairs[2 * index];
  }

  /// The value at a place, 0-based, in order of names.
  public String value(int index) {
    return pairs[2 * index + 1];
  }

  /// The value of a label, or null.
  public @Nullable String get(String name) {
    int at = find(name);
    return at < 0 ? null : pairs[at + 1];
  }

  /// Every label, in order of names; a new map.
  public Map<String, String> toMap() {
    var map = new TreeMap<String, String>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }

  /// These labels with one set; an empty value removes it.
  public Labels with(String name, String value) {
    return changed(name, value.isEmpty() ? null : value);
  }

  /// These labels without one.
  public Labels without(String name) {
    return changed(name, null);
  }

  /// These labels without several.
  public Labels without(Collection<String> names) {
    Labels result = this;
    for (String name : names) {
      result = result.without(name);
    }
    return result;
  }

  /// The labels whose names pass; not remembered.
  public Labels keeping(Predicate<String> names) {
    Labels result = this;
    for (int i = 0; i < pairs.length; i += 2) {
      if (!names.test(pairs[i])) {
        result = result.without(pairs[i]);
      }
    }
    return result;
  }

  private Labels changed(String name, @Nullable String value) {
    Change recent = last;
    if (recent == null || !recent.isSame(name, value)) {
      recent = change(name, value);
      last = recent;
    }
    return recent.result;
  }

  private Change change(String name, @Nullable String value) {
    @Nullable Change[] known = remembered;
    int slot = (name.hashCode() * 31 + (value == null ? 0 : value.hashCode())) & (REMEMBERED - 1);
    if (known != null) {
      Change change = known[slot];
      if (change != null && change.is(name, value)) {
        return change;
      }
    }
    int at = find(name);
    boolean same = at < 0 ? value == null : pairs[at + 1].equals(value);
    var change = new Change(name, value, same ? this : apply(name, value, at));
    if (known == null) {
      known = new Change[REMEMBERED];
      remembered = known;
    }
    known[slot] = change;
    return change;
  }

  private Labels apply(String name, @Nullable String value, int at) {
    if (value == null) {
      return removed(at);
    }
    if (at >= 0) {
      String[] same = pairs.clone();
      same[at + 1] = value;
      return new Labels(same);
    }
    int insert = -at - 1;
    var longer = new String[pairs.length + 2];
    System.arraycopy(pairs, 0, longer, 0, insert);
    longer[insert] = name;
    longer[insert + 1] = value;
    System.arraycopy(pairs, insert, longer, insert + 2, pairs.length - insert);
    return new Labels(longer);
  }

  private Labels removed(int at) {
    var shorter = new String[pairs.length - 2];
    System.arraycopy(pairs, 0, shorter, 0, at);
    System.arraycopy(pairs, at + 2, shorter, at, shorter.length - at);
    return shorter.length == 0 ? EMPTY : new Labels(shorter);
  }

  /// The index of the name, or minus the index to insert it minus one.
  private int find(String name) {
    // Mostly it is there, and being equal is told faster than an order.
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i].equals(name)) {
        return i;
      }
    }
    int insert = 0;
    while (insert < pairs.length && pairs[insert].compareTo(name) < 0) {
      insert += 2;
    }
    return -insert - 1;
  }

  /// The labels as Loki reads them, `{a="x", b="y"}` with values quoted as in Go, in UTF-8. Shared;
  /// not to be changed.
  public byte[] text() {
    byte[] known = text;
    if (known == null) {
      known = toString().getBytes(StandardCharsets.UTF_8);
      text = known;
    }
    return known;
  }

  @Override
  public String toString() {
    var out = new StringBuilder("{");
    for (int i = 0; i < pairs.length; i += 2) {
      if (i > 0) {
        out.append(", ");
      }
      out.append(pairs[i]).append('=');
      GoQuote.append(out, pairs[i + 1]);
    }
    return out.append('}').toString();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Labels labels
            && hash == labels.hash
            && Arrays.equals(pairs, labels.pairs));
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
