package dev.weir.agent.kubernetes;

import org.jspecify.annotations.Nullable;

/// Labels and annotations of namespaces, kept up to date. Thread-safe.
public sealed interface Namespaces permits ClusterNamespaces, NamespaceFile {
  /// What is known of a namespace, or null.
  @Nullable KnownNamespace find(String name);

  /// Tells `listener` of changes from now on.
  void addListener(ObjectWatch.Listener listener);

  /// Takes a listener back.
  void removeListener(ObjectWatch.Listener listener);

  /// Why they cannot be kept up to date now, or null.
  @Nullable String problem();
}
