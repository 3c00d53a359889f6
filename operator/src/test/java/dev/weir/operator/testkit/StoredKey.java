package dev.weir.operator.testkit;

import java.util.Comparator;

/// Names one object of the server.
///
/// @param namespace empty for an object of the cluster
record StoredKey(Kind kind, String namespace, String name) implements Comparable<StoredKey> {
  private static final Comparator<StoredKey> ORDER =
      Comparator.comparing((StoredKey key) -> key.kind().group())
          .thenComparing(key -> key.kind().plural())
          .thenComparing(key -> key.kind().version())
          .thenComparing(StoredKey::namespace)
          .thenComparing(StoredKey::name);

  @Override
  public int compareTo(StoredKey other) {
    return ORDER.compare(this, other);
  }
}
