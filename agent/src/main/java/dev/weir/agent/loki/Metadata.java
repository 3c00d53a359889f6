package dev.weir.agent.loki;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Structured metadata of an entry: names and values in order. Immutable.
public final class Metadata {
  /// None.
  public static final Metadata EMPTY = new Metadata(new String[0]);

  private final String[] pairs;

  private Metadata(String[] pairs) {
    this.pairs = pairs;
  }

  /// Name, value, name, value...
  public static Metadata of(String... pairs) {
    return pairs.length == 0 ? EMPTY : new Metadata(pairs.clone());
  }

  public int size() {
    return pairs.length / 2;
  }

  public boolean isEmpty() {
    return pairs.length == 0;
  }

  public String name(int index) {
    return pairs[2 * index];
  }

  public String value(int index) {
    return pairs[2 * index + 1];
  }

  /// The value of the first pair of that name, or null.
  public @Nullable String get(String name) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i].equals(name)) {
        return pairs[i + 1];
      }
    }
    return null;
  }

  /// This metadata with one more pair at its end, or with the value of an existing name replaced.
  public Metadata with(String name, String value) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i].equals(name)) {
        String[] same = pairs.clone();
        same[i + 1] = value;
        return new Metadata(same);
      }
    }
    String[] longer = Arrays.copyOf(pairs, pairs.length + 2);
    longer[pairs.length] = name;
    longer[pairs.length + 1] = value;
    return new Metadata(longer);
  }

  /// This metadata without the pairs of a name.
  public Metadata without(String name) {
    if (get(name) == null) {
      return this;
    }
    var kept = new String[pairs.length];
    int size = 0;
    for (int i = 0; i < pairs.length; i += 2) {
      if (!pairs[i].equals(name)) {
        kept[size++] = pairs[i];
        kept[size++] = pairs[i + 1];
      }
    }
    return size == 0 ? EMPTY : new Metadata(Arrays.copyOf(kept, size));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Metadata metadata && Arrays.equals(pairs, metadata.pairs);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(pairs);
  }

  @Override
  public String toString() {
    return List.of(pairs).toString();
  }
}
